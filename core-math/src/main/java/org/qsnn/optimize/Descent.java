package org.qsnn.optimize;

/**
 * How parameters follow their gradient.
 *
 * @param learningRate of the first epoch
 * @param warmUp epochs in which the learning rate rises from 0; 0 for none
 * @param largestNorm a mean gradient with a larger Euclidean norm is scaled down to it; infinity
 *     for any
 */
public record Descent(Optimizer optimizer, double learningRate, double warmUp, double largestNorm) {
  /** Added to a norm before it divides, as PyTorch does. */
  private static final double EPSILON = 1e-6;

  /** Without a warm-up and with gradients of any norm. */
  public static Descent of(Optimizer optimizer, double learningRate) {
    return new Descent(optimizer, learningRate, 0, Double.POSITIVE_INFINITY);
  }

  public LearningRateSchedule learningRates(int epochs) {
    return new LearningRateSchedule(learningRate, epochs, warmUp);
  }

  /** Scales a gradient down if its norm is too large. */
  public void clipInPlace(float[] gradient) {
    if (largestNorm == Double.POSITIVE_INFINITY) {
      return;
    }
    double squares = 0;
    for (float g : gradient) {
      squares = Math.fma((double) g, g, squares);
    }
    double factor = largestNorm / (Math.sqrt(squares) + EPSILON);
    if (factor < 1) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= (float) factor;
      }
    }
  }
}
