package org.qsnn.text;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sizes as people read them; MB are 10⁶ bytes, as in the paper. */
public final class Sizes {
  private Sizes() {}

  public static String megabytes(long bytes) {
    return String.format(Locale.ROOT, bytes < 10_000 ? "%.4f MB" : "%.2f MB", bytes / 1e6);
  }

  /** With a comma between thousands. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Such as {@code 64×32×3×3}. */
  public static String shape(int[] shape) {
    return IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }

  /** Such as {@code 1.62 MB, 96.8 % less than the 50.28 MB of float32}. */
  public static String saving(long bytes, long floatBytes) {
    return String.format(
        Locale.ROOT,
        "%s, %.1f %% less than the %s of float32",
        megabytes(bytes),
        savedPercent(bytes, floatBytes),
        megabytes(floatBytes));
  }

  /** What is saved, in percent of the size as floats. */
  public static double savedPercent(long bytes, long floatBytes) {
    return 100.0 * (floatBytes - bytes) / floatBytes;
  }
}
