package org.qsnn.optimize;

import org.qsnn.parameter.Parameters;

/**
 * An exponential moving average of the latent parameters (Polyak and Juditsky 1992; Tarvainen and
 * Valpola 2017), which training itself does not see:
 *
 * <pre>
 *   d = min(decay, n / (n + 1))                  n steps were taken before
 *   average ← average + (1 − d) · (w − average)
 * </pre>
 *
 * <p>So it is the plain mean of the first 1 / (1 − decay) steps, and never leans to where it began.
 *
 * @param decay 0 for no average, below 1
 */
public record Averaging(double decay) {
  public static final Averaging NONE = new Averaging(0);

  /** Name of the vector that it keeps. */
  static final String AVERAGE = "average";

  public Averaging {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "decay of an average: must be at least 0 and below 1; found " + decay);
    }
  }

  public boolean isOn() {
    return decay > 0;
  }

  void followInPlace(Parameters parameters, OptimizerState state, long steps) {
    if (!isOn()) {
      return;
    }
    float[] weights = parameters.values();
    float[] average = state.values(AVERAGE, parameters);
    float share = (float) (1 - Math.min(decay, steps / (steps + 1.0)));
    for (int i = 0; i < average.length; i++) {
      average[i] = Math.fma(share, weights[i] - average[i], average[i]);
    }
  }
}
