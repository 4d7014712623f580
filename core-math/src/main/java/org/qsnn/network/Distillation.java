package org.qsnn.network;

import java.io.Serializable;

/**
 * What a teacher adds to the loss of a row, a sample at one timestep, at the cost of the cross
 * entropy with its label (Hinton, Vinyals, Dean 2015, section 2, arXiv 1503.02531):
 *
 * <pre>
 * τ² · CE(softmax(z / τ), softmax(v / τ)),  derivative by z: τ · (softmax(z / τ) − softmax(v / τ))
 * </pre>
 *
 * of the row's logits z and of the mean v of the teacher's over its timesteps. As gradients of the
 * softened cross entropy go with 1 / τ², the factor τ² leaves the part of the teacher what it is at
 * any temperature.
 *
 * @param weight δ, the part of the teacher, 0 to 1; 0 switches it off
 * @param temperature τ, above 0
 */
public record Distillation(double weight, double temperature) implements Serializable {
  public static final Distillation OFF = new Distillation(0, 1);

  public Distillation {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "weight of a teacher: must be from 0 to 1; found " + weight);
    }
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature: must be above 0 and finite; found " + temperature);
    }
  }

  /**
   * The term of a row, without its weight; 0 where it is off.
   *
   * @param logits {@code [T, B, classes]}
   * @param from where the row begins
   * @param sample of the batch
   * @param slopes one a class, all 0; overwritten with the term's derivative by the row's logits
   */
  double term(float[] logits, int from, Targets targets, int sample, double[] slopes) {
    if (weight == 0) {
      return 0;
    }
    int classes = slopes.length;
    double[] own = new double[classes];
    double[] taught = new double[classes];
    for (int k = 0; k < classes; k++) {
      own[k] = logits[from + k] / temperature;
      taught[k] = targets.teacherLogit(sample * classes + k) / temperature;
    }
    double[] ownLogs = logSoftmax(own);
    double[] taughtLogs = logSoftmax(taught);
    double entropy = 0;
    for (int k = 0; k < classes; k++) {
      double target = StrictMath.exp(taughtLogs[k]);
      entropy -= target * ownLogs[k];
      slopes[k] = temperature * (StrictMath.exp(ownLogs[k]) - target);
    }
    return temperature * temperature * entropy;
  }

  private static double[] logSoftmax(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - largest);
    }
    double logSum = StrictMath.log(sum);
    double[] logs = new double[logits.length];
    for (int k = 0; k < logs.length; k++) {
      logs[k] = logits[k] - largest - logSum;
    }
    return logs;
  }
}
