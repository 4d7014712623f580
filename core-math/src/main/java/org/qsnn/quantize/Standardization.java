package org.qsnn.quantize;

/**
 * What turns the N weights of one output channel into {@code z = (w − mean) / std}, std with N − 1.
 * Sums are taken in double precision, in interleaved chains whose order depends on nothing but N.
 *
 * @param inverseDeviation 1/std; 0 for a channel without spread, so that z = 0
 * @param meanMagnitude mean of |z|
 */
record Standardization(float mean, float inverseDeviation, double meanMagnitude) {
  /** Below it, 1/std and its multiples would not fit a float. */
  private static final double SMALLEST_DEVIATION = 1e-30;

  /** Of the weights {@code from … to − 1}. */
  static Standardization of(float[] weights, int from, int to) {
    int count = to - from;
    double mean = sum(weights, from, to) / count;
    double magnitudes = 0;
    double magnitudes2 = 0;
    double squares = 0;
    double squares2 = 0;
    int i = from;
    for (; i + 2 <= to; i += 2) {
      double d = weights[i] - mean;
      double d2 = weights[i + 1] - mean;
      magnitudes += Math.abs(d);
      magnitudes2 += Math.abs(d2);
      squares += d * d;
      squares2 += d2 * d2;
    }
    if (i < to) {
      double d = weights[i] - mean;
      magnitudes += Math.abs(d);
      squares += d * d;
    }
    return of(mean, magnitudes + magnitudes2, squares + squares2, count);
  }

  private static Standardization of(double mean, double magnitudes, double squares, int count) {
    // A lone weight has no deviation either; NaN is no constant: it has to reach the gradient.
    double deviation = squares == 0 ? 0 : Math.sqrt(squares / (count - 1));
    return deviation < SMALLEST_DEVIATION
        ? new Standardization((float) mean, 0f, 0)
        : new Standardization(
            (float) mean, (float) (1 / deviation), magnitudes / count / deviation);
  }

  /** Whether all weights are equal, as far as floats can tell: z = 0 and no gradient. */
  boolean isConstant() {
    return inverseDeviation == 0;
  }

  /** {@code gradient} from gz to {@code gw = (gz − mean(gz) − z · Σ(gz·z) / (N−1)) / std}. */
  void backwardInPlace(float[] weights, int from, int to, float[] gradient) {
    double products = 0;
    double products2 = 0;
    int i = from;
    for (; i + 2 <= to; i += 2) {
      products += (double) gradient[i] * (weights[i] - mean);
      products2 += (double) gradient[i + 1] * (weights[i + 1] - mean);
    }
    if (i < to) {
      products += (double) gradient[i] * (weights[i] - mean);
    }
    int count = to - from;
    double inverseVariance = (double) inverseDeviation * inverseDeviation;
    float average = (float) (sum(gradient, from, to) / count);
    float slope = (float) ((products + products2) * inverseVariance / (count - 1));
    subtractLine(weights, from, to, average, slope, gradient);
  }

  private void subtractLine(
      float[] weights, int from, int to, float average, float slope, float[] gradient) {
    float center = mean;
    float inverse = inverseDeviation;
    for (int i = from; i < to; i++) {
      gradient[i] = (gradient[i] - average - (weights[i] - center) * slope) * inverse;
    }
  }

  private static double sum(float[] values, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < to; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }
}
