package org.qsnn.sample;

import org.qsnn.tensor.RandomStream;

/** A linear classifier on normalized pixels, trained by stochastic gradient descent. */
final class SoftmaxRegression {
  private static final int CLASSES = 10;
  private static final float LEARNING_RATE = 2e-4f;

  private final SampleDecoder decoder =
      ImageDecoder.evaluation(SyntheticImages.INPUT, SyntheticImages.SIZE);
  private final float[][] weights = new float[CLASSES][decoder.length() + 1];

  void train(Samples samples, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int i : RandomStream.of(epoch).permutation(samples.size())) {
        step(features(samples, i), samples.label(i));
      }
    }
  }

  private void step(float[] x, int label) {
    double[] logits = logits(x);
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    for (int k = 0; k < CLASSES; k++) {
      float error = (float) (Math.exp(logits[k]) / sum) - (k == label ? 1 : 0);
      for (int j = 0; j < x.length; j++) {
        weights[k][j] -= LEARNING_RATE * error * x[j];
      }
    }
  }

  double accuracy(Samples samples) {
    int correct = 0;
    for (int i = 0; i < samples.size(); i++) {
      double[] logits = logits(features(samples, i));
      int best = 0;
      for (int k = 1; k < CLASSES; k++) {
        best = logits[k] > logits[best] ? k : best;
      }
      correct += best == samples.label(i) ? 1 : 0;
    }
    return (double) correct / samples.size();
  }

  private double[] logits(float[] x) {
    double[] logits = new double[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      float sum = 0;
      for (int j = 0; j < x.length; j++) {
        sum += weights[k][j] * x[j];
      }
      logits[k] = sum;
    }
    return logits;
  }

  /** Normalized pixels, and a constant 1 for the bias. */
  private float[] features(Samples samples, int index) {
    float[] x = new float[decoder.length() + 1];
    decoder.decode(samples.payload(index), samples.id(index), 0, 0, x, 0);
    x[decoder.length()] = 1;
    return x;
  }
}
