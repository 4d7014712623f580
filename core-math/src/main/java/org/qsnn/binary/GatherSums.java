package org.qsnn.binary;

import org.qsnn.tensor.VectorSupport;

/** The inner loop of {@link WeightGradient}: sums of what lies at listed places. */
interface GatherSums {
  /**
   * What a place gathers: {@code width} numbers from {@code base + place} on and, {@code pitch}
   * apart, as many of each further row.
   */
  record GatheredRows(int base, int pitch, int rows, int width) {}

  /**
   * {@code sums[sum + r · width + i] += Σ x[base + places[k] + r · pitch + i]}, r below rows, i
   * below width.
   */
  void gather(float[] x, GatheredRows where, int[] places, int from, int to, float[] sums, int sum);

  /** The fastest implementation on this JVM. */
  static GatherSums best() {
    return VectorSupport.isUsed() ? new VectorGatherSums() : new PlainGatherSums();
  }
}
