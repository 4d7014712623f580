package org.qsnn.tensor;

/** In plain Java; also finishes what does not fill whole vectors. */
final class PlainReductions implements Reductions {
  @Override
  public double sum(float[] x, int from, int length) {
    float[] lanes = new float[LANES];
    addSum(lanes, x, from, 0, length);
    return total(lanes);
  }

  @Override
  public void moments(float[] x, int from, int length, float shift, double[] sums, int at) {
    float[] lanes = new float[LANES];
    float[] squares = new float[LANES];
    addMoments(lanes, squares, x, from, 0, length, shift);
    sums[at] += total(lanes);
    sums[at + 1] += total(squares);
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

  static void addMoments(
      float[] lanes, float[] squares, float[] x, int from, int begin, int end, float shift) {
    for (int i = begin; i < end; i++) {
      float d = x[from + i] - shift;
      lanes[i % LANES] += d;
      squares[i % LANES] += d * d;
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
    for (int i = 0; i < FOLDED; i++) {
      sum += (lanes[i] + lanes[i + FOLDED]) + (lanes[i + 2 * FOLDED] + lanes[i + 3 * FOLDED]);
    }
    return sum;
  }
}
