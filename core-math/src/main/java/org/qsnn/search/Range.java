package org.qsnn.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Any number between two, which are included. Values have four significant digits, so that they can
 * be read and typed again.
 *
 * @param from less than {@code to}; above 0 on a logarithmic scale
 */
public record Range(String name, double from, double to, Scale scale) implements Dimension {
  private static final MathContext DIGITS = new MathContext(4);
  private static final double WRITTEN_OUT = 1e9;

  /** How numbers are spread over the unit interval. */
  public enum Scale {
    /** Equal differences are equally far apart. */
    LINEAR,
    /** Equal ratios are equally far apart. */
    LOG
  }

  public Range {
    if (!(from < to) || (scale == Scale.LOG && !(from > 0))) {
      throw new IllegalArgumentException(name + ": must be a range; found " + from + " to " + to);
    }
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public String at(double place) {
    return text(exact(place));
  }

  /** So many values that are equally far apart on the scale, both ends included. */
  public Choice inSteps(int count) {
    return new Choice(
        name,
        IntStream.range(0, count)
            .mapToObj(i -> at(count == 1 ? 0 : (double) i / (count - 1)))
            .distinct()
            .toList(),
        true);
  }

  /** {@link StrictMath}: the same value on every machine. */
  private double exact(double place) {
    double value =
        switch (scale) {
          case LINEAR -> from + place * (to - from);
          case LOG -> from * StrictMath.exp(place * StrictMath.log(to / from));
        };
    return Math.min(to, Math.max(from, value));
  }

  /** Rounded, but never out of the range. */
  private String text(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    double near = Math.min(to, Math.max(from, rounded.doubleValue()));
    BigDecimal shortest = new BigDecimal(Double.toString(near)).stripTrailingZeros();
    return shortest.scale() < 0 && near < WRITTEN_OUT
        ? shortest.toPlainString()
        : shortest.toString();
  }

  @Override
  public double place(String value) {
    double number = Double.parseDouble(value);
    return switch (scale) {
      case LINEAR -> (number - from) / (to - from);
      case LOG -> StrictMath.log(number / from) / StrictMath.log(to / from);
    };
  }

  @Override
  public boolean isOrdered() {
    return true;
  }
}
