package org.qsnn.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.qsnn.DataException;

/**
 * The CPU, as Linux describes it.
 *
 * @param cores that this JVM may use
 * @param features the vector instructions among its flags: they decide which kernels run, and so
 *     the last bits
 */
public record Processor(String model, int cores, List<String> features) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Pattern VECTOR_FEATURE =
      Pattern.compile("(sse4|ssse3|avx|amx|fma|f16c|bmi|asimd|sve|sme|i8mm|bf16).*");

  public static Processor ofThisMachine() {
    return of(Files.isReadable(CPUINFO) ? read(CPUINFO) : List.of());
  }

  /** From the lines of {@code /proc/cpuinfo}; none on a system without that file. */
  static Processor of(List<String> cpuinfo) {
    String model = value(cpuinfo, "model name");
    String flags = value(cpuinfo, "flags") + " " + value(cpuinfo, "Features");
    return new Processor(
        model.isEmpty() ? System.getProperty("os.arch") : model,
        Runtime.getRuntime().availableProcessors(),
        Pattern.compile(" ")
            .splitAsStream(flags)
            .filter(flag -> VECTOR_FEATURE.matcher(flag).matches())
            .sorted()
            .toList());
  }

  /** The value of the first line {@code key : value}, empty if there is none. */
  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.matches(key + "\\s*:.*"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }

  private static List<String> read(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + e, e);
    }
  }
}
