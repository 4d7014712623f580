package org.qsnn.network;

import java.util.Locale;
import org.qsnn.DataException;

/**
 * The loss of one shard (METHOD: Spikes and the loss; WS-DR's spike regulation):
 *
 * <pre>L = mean_t CE(logits[t], label) + λ · mean_l (rate_l − ½)²</pre>
 *
 * The firing-rate term leaves out the first and the last LIF layer; with fewer than three there is
 * none.
 *
 * @param crossEntropy mean over timesteps and samples
 * @param rateTerm λ · mean_l (rate_l − ½)²
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

  public double total() {
    return crossEntropy + rateTerm;
  }

  /**
   * @param logits {@code [T, B, classes]}
   * @param labels one a sample
   * @param rates firing rate of every LIF layer in order of execution
   * @param lambda λ; 0 switches the firing-rate term off
   * @throws DataException if a label is none of the classes
   */
  public static Loss of(
      float[] logits, int timesteps, int[] labels, int classes, double[] rates, double lambda) {
    int rows = timesteps * labels.length;
    float[] gradient = new float[logits.length];
    double crossEntropy = 0;
    for (int row = 0; row < rows; row++) {
      crossEntropy +=
          crossEntropy(logits, row, labels[row % labels.length], classes, rows, gradient);
    }
    double[] rateGradient = new double[rates.length];
    double rateTerm = rateTerm(rates, lambda, rateGradient);
    int correct = 0;
    for (int b = 0; b < labels.length; b++) {
      correct += prediction(logits, timesteps, labels.length, classes, b) == labels[b] ? 1 : 0;
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
    float[] gradient = new float[logits.length];
    int rows = timesteps * labels.length;
    for (int row = 0; row < rows; row++) {
      int b = row % labels.length;
      means[b] += crossEntropy(logits, row, labels[b], classes, rows, gradient) / timesteps;
    }
    return means;
  }

  /** Cross entropy of one row, and its gradient (softmax − one-hot) / rows. */
  private static double crossEntropy(
      float[] logits, int row, int label, int classes, int rows, float[] gradient) {
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
    for (int k = 0; k < classes; k++) {
      double target = k == label ? 1 : 0;
      gradient[from + k] = (float) ((powers[k] / sum - target) / rows);
    }
    return StrictMath.log(sum) - (logits[from + label] - largest);
  }

  private static double rateTerm(double[] rates, double lambda, double[] gradient) {
    int counted = rates.length - 2;
    if (counted < 1 || lambda == 0) {
      return 0;
    }
    double sum = 0;
    for (int layer = 1; layer <= counted; layer++) {
      double distance = rates[layer] - 0.5;
      sum += distance * distance;
      gradient[layer] = lambda * 2 * distance / counted;
    }
    return lambda * sum / counted;
  }
}
