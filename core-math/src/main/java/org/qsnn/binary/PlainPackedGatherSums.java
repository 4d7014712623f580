package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.GatherSums.GatheredRows;

/** In plain Java. */
final class PlainPackedGatherSums implements PackedGatherSums {
  @Override
  public void gather(int[] x, GatheredRows where, int[] places, int from, int to, int[] sums) {
    Arrays.fill(sums, 0, where.rows() * where.width(), 0);
    for (int k = from; k < to; k++) {
      for (int r = 0; r < where.rows(); r++) {
        int row = where.base() + places[k] + r * where.pitch();
        for (int i = 0; i < where.width(); i++) {
          sums[r * where.width() + i] += x[row + i];
        }
      }
    }
  }

  @Override
  public void addTo(int[] packed, int length, float unit, float[] sums, int at) {
    for (int i = 0; i < length; i++) {
      int to = at + 2 * i - i % COLUMNS;
      sums[to] += PackedSums.low(packed[i]) * unit;
      sums[to + COLUMNS] += PackedSums.high(packed[i]) * unit;
    }
  }
}
