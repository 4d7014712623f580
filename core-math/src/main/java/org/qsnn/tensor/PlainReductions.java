package org.qsnn.tensor;

/** In plain Java; also finishes what does not fill a vector. */
final class PlainReductions implements Reductions {
  @Override
  public double sum(float[] x, int from, int length) {
    float[] lanes = new float[LANES];
    addSum(lanes, x, from, 0, length);
    return total(lanes);
  }

  @Override
  public double squares(float[] x, int from, int length, float mean) {
    float[] lanes = new float[LANES];
    addSquares(lanes, x, from, 0, length, mean);
    return total(lanes);
  }

  @Override
  public double product(float[] g, float[] x, int from, int length, float mean) {
    float[] lanes = new float[LANES];
    addProduct(lanes, g, x, from, 0, length, mean);
    return total(lanes);
  }

  @Override
  public float largestMagnitude(float[] x, int from, int length) {
    return largest(x, from, 0, length, 0f);
  }

  static float largest(float[] x, int from, int begin, int end, float before) {
    float largest = before;
    for (int i = begin; i < end; i++) {
      largest = Math.max(largest, Math.abs(x[from + i]));
    }
    return largest;
  }

  static void addSum(float[] lanes, float[] x, int from, int begin, int end) {
    for (int i = begin; i < end; i++) {
      lanes[i % LANES] += x[from + i];
    }
  }

  static void addSquares(float[] lanes, float[] x, int from, int begin, int end, float mean) {
    for (int i = begin; i < end; i++) {
      float d = x[from + i] - mean;
      lanes[i % LANES] += d * d;
    }
  }

  static void addProduct(
      float[] lanes, float[] g, float[] x, int from, int begin, int end, float mean) {
    for (int i = begin; i < end; i++) {
      lanes[i % LANES] += g[from + i] * (x[from + i] - mean);
    }
  }

  static double total(float[] lanes) {
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }
}
