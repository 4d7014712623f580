package org.qsnn.binary;

import org.qsnn.binary.GatherSums.GatheredRows;
import org.qsnn.tensor.VectorSupport;

/** The inner loops of {@link PackedWeightGradient}, of ints as {@link PackedSums} adds them. */
interface PackedGatherSums {
  /** Low integers of a row that {@link #addTo} separates. */
  int COLUMNS = 16;

  /**
   * As {@link GatherSums#gather}, but overwrites.
   *
   * @param to at most as many more than {@code from} as {@link PackedGradient#terms}
   */
  void gather(int[] x, GatheredRows where, int[] places, int from, int to, int[] sums);

  /**
   * Adds sums to floats: of each {@link #COLUMNS} ints first the low, then the high integers.
   *
   * @param length a multiple of {@link #COLUMNS}
   */
  void addTo(int[] packed, int length, float unit, float[] sums, int at);

  /** The fastest implementation on this JVM. */
  static PackedGatherSums best() {
    return VectorSupport.isUsed() ? new VectorPackedGatherSums() : new PlainPackedGatherSums();
  }
}
