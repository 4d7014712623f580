package org.qsnn.network;

import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.network.LossTerms.OverLayers;

/**
 * The loss of one shard (METHOD: Spikes and the loss; WS-DR's spike regulation):
 *
 * <pre>L = mean_t CE(logits[t], label) + λ · mean_l (rate_l − ½)²</pre>
 *
 * Of what else {@link LossTerms} may ask for, the first term becomes
 *
 * <pre>(1 − μ) · mean_t C[t] + μ · mean_{t, k} (logits[t, k] − threshold)²
 * C[t] = (1 − δ) · CE(logits[t], target) + δ · τ² · CE(softmax(logits[t] / τ), softmax(teacher / τ))
 * </pre>
 *
 * of the teacher's mean logits, and the mean over layers may be a sum. The firing-rate term leaves
 * out the first and the last LIF layer; with fewer than three there is none.
 *
 * @param crossEntropy the first term, the mean over timesteps and samples
 * @param rateTerm λ · mean_l (rate_l − ½)², or the sum
 * @param logitGradient {@code [T, B, classes]}
 * @param rateGradient dL/d rate of every layer; 0 for those left out
 * @param correct samples whose largest mean logit is their label's
 */
public record Loss(
    double crossEntropy,
    double rateTerm,
    float[] logitGradient,
    double[] rateGradient,
    int correct) {

  private static final LossTerms ONE_HOT = LossTerms.of(0);

  public double total() {
    return crossEntropy + rateTerm;
  }

  /**
   * @param logits {@code [T, B, classes]}
   * @param targets of the batch
   * @param rates firing rate of every LIF layer in order of execution
   * @throws DataException if a label is none of the classes
   */
  public static Loss of(
      float[] logits,
      int timesteps,
      Targets targets,
      int classes,
      double[] rates,
      LossTerms terms) {
    int batch = targets.samples();
    int rows = timesteps * batch;
    float[] gradient = new float[logits.length];
    double crossEntropy = 0;
    for (int row = 0; row < rows; row++) {
      crossEntropy += term(logits, row, targets, classes, terms, rows, gradient);
    }
    double[] rateGradient = new double[rates.length];
    double rateTerm = rateTerm(rates, terms, rateGradient);
    int correct = 0;
    for (int b = 0; b < batch; b++) {
      correct += prediction(logits, timesteps, batch, classes, b) == targets.label(b) ? 1 : 0;
    }
    return new Loss(crossEntropy / rows, rateTerm, gradient, rateGradient, correct);
  }

  /** The class with the largest mean logit over time; the lowest index of several. */
  public static int prediction(float[] logits, int timesteps, int batch, int classes, int sample) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double sum = 0;
      for (int t = 0; t < timesteps; t++) {
        sum += logits[(t * batch + sample) * classes + k];
      }
      if (sum > largest) {
        largest = sum;
        best = k;
      }
    }
    return best;
  }

  /** Each sample's cross entropy, the mean over timesteps. */
  public static double[] crossEntropies(float[] logits, int timesteps, int[] labels, int classes) {
    double[] means = new double[labels.length];
    Targets targets = Targets.of(labels);
    float[] gradient = new float[logits.length];
    int rows = timesteps * labels.length;
    for (int row = 0; row < rows; row++) {
      means[row % labels.length] +=
          term(logits, row, targets, classes, ONE_HOT, rows, gradient) / timesteps;
    }
    return means;
  }

  /** The first term of one row, and its gradient; of one-hot targets (softmax − target) / rows. */
  private static double term(
      float[] logits,
      int row,
      Targets targets,
      int classes,
      LossTerms terms,
      int rows,
      float[] gradient) {
    int sample = row % targets.samples();
    int label = targets.label(sample);
    if (label < 0 || label >= classes) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "label: must be one of the network's classes 0 to %d; found %d",
              classes - 1,
              label));
    }
    int from = row * classes;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, logits[from + k]);
    }
    double[] powers = new double[classes];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      powers[k] = StrictMath.exp(logits[from + k] - largest);
      sum += powers[k];
    }
    double square = terms.meanSquare();
    double spread = terms.labelSmoothing() / classes;
    double logSum = StrictMath.log(sum);
    double ofTeacher = terms.distillation().weight();
    double[] slopes = new double[classes];
    double taught = terms.distillation().term(logits, from, targets, sample, slopes);
    double ofTarget = (1 - square) * (1 - ofTeacher);
    double total =
        ofTarget * (1 - terms.labelSmoothing()) * (logSum - (logits[from + label] - largest));
    for (int k = 0; k < classes; k++) {
      double target = (k == label ? 1 - terms.labelSmoothing() : 0) + spread;
      double distance = (double) logits[from + k] - terms.threshold();
      gradient[from + k] =
          (float)
              ((1 - square)
                      * (((1 - ofTeacher) * (powers[k] / sum - target) + ofTeacher * slopes[k])
                          / rows)
                  + square * 2 * distance / classes / rows);
      total +=
          ofTarget * spread * (logSum - (logits[from + k] - largest))
              + square * distance * distance / classes;
    }
    return total + (1 - square) * ofTeacher * taught;
  }

  private static double rateTerm(double[] rates, LossTerms terms, double[] gradient) {
    int counted = rates.length - 2;
    double lambda = terms.rate();
    if (counted < 1 || lambda == 0) {
      return 0;
    }
    int divisor = terms.overLayers() == OverLayers.MEAN ? counted : 1;
    double sum = 0;
    for (int layer = 1; layer <= counted; layer++) {
      double distance = rates[layer] - 0.5;
      sum += distance * distance;
      gradient[layer] = lambda * 2 * distance / divisor;
    }
    return lambda * sum / divisor;
  }
}
