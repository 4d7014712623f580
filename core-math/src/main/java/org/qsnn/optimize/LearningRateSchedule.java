package org.qsnn.optimize;

/**
 * Cosine annealing to 0 (Loshchilov and Hutter 2017): {@code lr = base/2 · (1 + cos(π·e/E))}.
 *
 * @param base learning rate of epoch 0
 * @param epochs E
 */
public record LearningRateSchedule(double base, int epochs) {
  public LearningRateSchedule {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be positive, found " + epochs);
    }
  }

  /** The learning rate during an epoch, counted from 0. */
  public float at(int epoch) {
    return (float) (base / 2 * (1 + StrictMath.cos(Math.PI * epoch / epochs)));
  }
}
