package org.qsnn.binary;

/** In plain Java. */
final class PlainStochasticRounding implements StochasticRounding {
  @Override
  public void magnitudes(Planes planes, float[] sums, int at, int[] largest) {
    for (int i = 0; i < planes.length(); i++) {
      sums[at + i] = 0;
      for (int c = 0; c < planes.count(); c++) {
        int p = planes.from() + c * planes.length() + i;
        float magnitude = Math.abs(planes.x()[p]) * planes.factors()[c];
        sums[at + i] += magnitude;
        int lane = i % largest.length;
        largest[lane] = Math.max(largest[lane], Float.floatToRawIntBits(magnitude));
      }
    }
  }

  @Override
  public void round(
      float[] x, int low, int high, int length, float factor, int key, int[] y, int to) {
    for (int i = 0; i < length; i++) {
      int hash = StochasticRounding.hash(key, i);
      y[to + i] = StochasticRounding.rounded(x[low + i] * factor, x[high + i] * factor, hash);
    }
  }
}
