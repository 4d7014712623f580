package org.qsnn.quantize;

/**
 * The estimator of the sign over epochs: {@code t = 10^(−1 + 2e/E)} grows from 0.1 towards 10,
 * {@code k = max(1, 1/t)}.
 *
 * @param epochs E
 */
public record AnnealingSchedule(int epochs) {
  public AnnealingSchedule {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be positive; found " + epochs);
    }
  }

  /** What holds during an epoch, counted from 0. */
  public Annealing at(int epoch) {
    double t = StrictMath.pow(10, -1 + 2.0 * epoch / epochs);
    return new Annealing((float) Math.max(1, 1 / t), (float) t);
  }
}
