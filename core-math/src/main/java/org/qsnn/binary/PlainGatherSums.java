package org.qsnn.binary;

/** In plain Java. */
final class PlainGatherSums implements GatherSums {
  @Override
  public void gather(
      float[] x, GatheredRows where, int[] places, int from, int to, float[] sums, int sum) {
    for (int k = from; k < to; k++) {
      for (int r = 0; r < where.rows(); r++) {
        int row = where.base() + places[k] + r * where.pitch();
        for (int i = 0; i < where.width(); i++) {
          sums[sum + r * where.width() + i] += x[row + i];
        }
      }
    }
  }
}
