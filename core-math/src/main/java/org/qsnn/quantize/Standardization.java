package org.qsnn.quantize;

/**
 * What turns the N weights of an output channel, or of a layer, into {@code z = (w − mean) / std},
 * std with N − 1. Sums are taken in double precision, in interleaved chains whose order depends on
 * nothing but N.
 *
 * @param inverseDeviation 1/std; 0 for weights without spread, so that z = 0
 * @param meanMagnitude mean of |z|
 */
record Standardization(float mean, float inverseDeviation, double meanMagnitude) {
  /** Below it, 1/std and its multiples would not fit a float. */
  private static final double SMALLEST_DEVIATION = 1e-30;

  /** Of the weights {@code from … to − 1}. */
  static Standardization of(float[] weights, int from, int to) {
    int count = to - from;
    double mean = sum(weights, from, to) / count;
    double m0 = 0;
    double m1 = 0;
    double m2 = 0;
    double m3 = 0;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      double d0 = weights[i] - mean;
      double d1 = weights[i + 1] - mean;
      double d2 = weights[i + 2] - mean;
      double d3 = weights[i + 3] - mean;
      m0 += Math.abs(d0);
      m1 += Math.abs(d1);
      m2 += Math.abs(d2);
      m3 += Math.abs(d3);
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < to; i++) {
      double d = weights[i] - mean;
      m0 += Math.abs(d);
      s0 += d * d;
    }
    return of(mean, (m0 + m1) + (m2 + m3), (s0 + s1) + (s2 + s3), count);
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

  /** Mean of |z| over a part of the weights. */
  double meanMagnitude(float[] weights, int from, int to) {
    double magnitudes = 0;
    for (int i = from; i < to; i++) {
      magnitudes += Math.abs((double) weights[i] - mean);
    }
    return magnitudes / (to - from) * inverseDeviation;
  }

  /** {@code gradient} from gz to {@code gw = (gz − mean(gz) − z · Σ(gz·z) / (N−1)) / std}. */
  void backwardInPlace(float[] weights, int from, int to, float[] gradient) {
    int count = to - from;
    double inverseVariance = (double) inverseDeviation * inverseDeviation;
    float average = (float) (sum(gradient, from, to) / count);
    float slope = (float) (products(weights, from, to, gradient) * inverseVariance / (count - 1));
    subtractLine(weights, from, to, average, slope, gradient);
  }

  /** Σ gz · (w − mean). */
  private double products(float[] weights, int from, int to, float[] gradient) {
    float center = mean;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      a += (double) gradient[i] * (weights[i] - center);
      b += (double) gradient[i + 1] * (weights[i + 1] - center);
      c += (double) gradient[i + 2] * (weights[i + 2] - center);
      d += (double) gradient[i + 3] * (weights[i + 3] - center);
    }
    for (; i < to; i++) {
      a += (double) gradient[i] * (weights[i] - center);
    }
    return (a + b) + (c + d);
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
