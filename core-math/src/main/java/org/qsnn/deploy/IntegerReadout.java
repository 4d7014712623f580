package org.qsnn.deploy;

/**
 * The linear readout over all timesteps: {@code score[k] = 2^FRACTION · Σ code[k, j] · count[t, j]
 * + bias[k]}. The class is the one with the largest score, the lowest of several.
 *
 * @param features numbers that the last layer hands on, {@code [C, H, W]}
 * @param codes {@code [classes, features]}, −127 … 127
 * @param biases one a class, in units of the scores, for all timesteps together
 * @param unit what a score of 1 is as a mean logit over time
 */
public record IntegerReadout(int features, byte[] codes, long[] biases, double unit) {
  /** Binary digits behind the point of a score. */
  public static final int FRACTION = 8;

  public int classes() {
    return biases.length;
  }

  /** The answer for scores, one a class. */
  public static int prediction(long[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] > scores[best]) {
        best = k;
      }
    }
    return best;
  }
}
