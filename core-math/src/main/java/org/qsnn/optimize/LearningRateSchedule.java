package org.qsnn.optimize;

/**
 * Cosine annealing to 0 (Loshchilov and Hutter 2017): {@code lr = base/2 · (1 + cos(π·e/E))};
 * during a warm-up it is multiplied by the share of the warm-up's steps that are done (Goyal et al.
 * 2017).
 *
 * @param base learning rate of epoch 0
 * @param epochs E
 * @param warmUp epochs of the warm-up, not necessarily whole ones; 0 for none
 */
public record LearningRateSchedule(double base, int epochs, double warmUp) {
  public LearningRateSchedule {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be positive; found " + epochs);
    }
  }

  /** Without a warm-up. */
  public LearningRateSchedule(double base, int epochs) {
    this(base, epochs, 0);
  }

  /** The learning rate during an epoch, counted from 0, without its warm-up. */
  public float at(int epoch) {
    return (float) annealed(epoch);
  }

  /**
   * The learning rate of a step.
   *
   * @param step within the epoch, from 0
   * @param steps of an epoch
   */
  public float at(int epoch, int step, int steps) {
    double done = epoch + (step + 1.0) / steps;
    return done < warmUp ? (float) (annealed(epoch) * (done / warmUp)) : at(epoch);
  }

  private double annealed(int epoch) {
    return base / 2 * (1 + StrictMath.cos(Math.PI * epoch / epochs));
  }
}
