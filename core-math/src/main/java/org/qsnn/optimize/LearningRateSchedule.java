package org.qsnn.optimize;

/**
 * How the learning rate goes, with the share {@code f} of the base that is left at the end:
 *
 * <pre>
 *   cosine      lr = base · (f + (1 − f) · (1 + cos(π·e/E)) / 2)         the same for a whole epoch e
 *   one-cycle   lr = base · (f + (1 − f) · (1 + cos(π·p)) / 2)           p from step to step
 *   linear      lr = base · (f + (1 − f) · (1 − p))
 * </pre>
 *
 * <p>Cosine annealing is that of Loshchilov and Hutter 2017; during a warm-up it is multiplied by
 * the share of the warm-up's steps that are done (Goyal et al. 2017). One-cycle and linear rise in
 * a line during the warm-up, to the base at its end (Smith and Topin 2018), and p, from 0 to 1, is
 * the share of the steps behind it that are done.
 *
 * @param base the highest learning rate
 * @param last f, 0 to 1
 * @param epochs E
 * @param warmUp epochs of the warm-up, not necessarily whole ones; 0 for none
 */
public record LearningRateSchedule(
    Shape shape, double base, double last, int epochs, double warmUp) {

  /** {@code train.schedule} */
  public enum Shape {
    COSINE,
    ONE_CYCLE,
    LINEAR
  }

  public LearningRateSchedule {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be positive; found " + epochs);
    }
  }

  /** Cosine annealing to 0. */
  public LearningRateSchedule(double base, int epochs, double warmUp) {
    this(Shape.COSINE, base, 0, epochs, warmUp);
  }

  /** The same without a warm-up. */
  public LearningRateSchedule(double base, int epochs) {
    this(base, epochs, 0);
  }

  /** The learning rate of cosine annealing during an epoch, counted from 0, without a warm-up. */
  public float at(int epoch) {
    return (float) cosine(epoch, epochs);
  }

  /**
   * The learning rate of a step.
   *
   * @param step within the epoch, from 0
   * @param steps of an epoch
   */
  public float at(int epoch, int step, int steps) {
    double done = epoch + (step + 1.0) / steps;
    double annealed =
        switch (shape) {
          case COSINE -> cosine(epoch, epochs);
          case ONE_CYCLE -> done < warmUp ? base : cosine(done - warmUp, epochs - warmUp);
          case LINEAR -> done < warmUp ? base : line(done - warmUp, epochs - warmUp);
        };
    return (float) (done < warmUp ? annealed * (done / warmUp) : annealed);
  }

  private double cosine(double done, double all) {
    return base * last + (1 - last) * (base / 2 * (1 + StrictMath.cos(angle(done, all))));
  }

  /** π · done / all; 0 where all is nothing, as behind a warm-up of all epochs. */
  private static double angle(double done, double all) {
    return all == 0 ? 0 : Math.PI * done / all;
  }

  private double line(double done, double all) {
    return base * (last + (1 - last) * (all == 0 ? 1 : 1 - done / all));
  }
}
