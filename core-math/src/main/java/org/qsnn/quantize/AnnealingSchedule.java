package org.qsnn.quantize;

/**
 * The estimator of the sign over epochs: {@code t = first · (last / first)^(e/E)}, {@code k =
 * max(1, 1/t)}; with the published code's ends {@code t = 10^(−1 + 2e/E)} grows from 0.1 towards
 * 10.
 *
 * @param epochs E
 * @param first t of the first epoch, above 0
 * @param last what t goes to, above 0
 */
public record AnnealingSchedule(int epochs, double first, double last) {
  /** Ends of the published code. */
  public static final double FIRST = 0.1;

  public static final double LAST = 10;

  public AnnealingSchedule {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be positive; found " + epochs);
    }
    if (!(first > 0) || !(last > 0)) {
      throw new IllegalArgumentException(
          "t must be above 0 at both ends, found " + first + " and " + last);
    }
  }

  /** With the published code's ends. */
  public AnnealingSchedule(int epochs) {
    this(epochs, FIRST, LAST);
  }

  /** What holds during an epoch, counted from 0. */
  public Annealing at(int epoch) {
    double from = StrictMath.log10(first);
    double t = StrictMath.pow(10, from + (StrictMath.log10(last) - from) * epoch / epochs);
    return new Annealing((float) Math.max(1, 1 / t), (float) t);
  }
}
