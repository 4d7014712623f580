package org.qsnn.binary;

/**
 * The inner loops of binary convolutions. Positions lie side by side in vectors and each adds for
 * itself, so wide vectors, narrow ones and none at all give the same bits.
 */
interface SignSums {
  /** Channels whose signed sums one table holds. */
  int GROUP = 4;

  /** Entries of a table: one for each combination of signs. */
  int ENTRIES = 1 << GROUP;

  /** Positions that one call of {@link #add} computes, spike counts. */
  int COUNT_TILE = 128;

  /** What a kernel may read beyond the end of a table. */
  int LARGEST_TILE = COUNT_TILE;

  /** Positions that one call of {@link #add} computes, floats. */
  int FLOAT_TILE = 64;

  /**
   * Writes all signed sums of four rows: entry e, at {@code at + e · pitch}, is Σ ±row k, plus
   * where bit k of e is set.
   *
   * @param rows where the four rows start in x, at {@code row + k · stride}
   * @param pitch length of the rows, a multiple of 16
   */
  void tables(short[] x, int row, int stride, short[] table, int at, int pitch);

  /** As for counts, with a factor for each row. */
  void tables(
      float[] x,
      int row,
      int stride,
      float[] factors,
      int factor,
      float[] table,
      int at,
      int pitch);

  /** {@code sums[sum + i] += Σ table[entries[k] + i]} for the positions i of a tile. */
  void add(short[] table, int[] entries, int from, int to, short[] sums, int sum);

  /** As for counts. */
  void add(float[] table, int[] entries, int from, int to, float[] sums, int sum);

  /** {@code sums[sum + i] += Σ x[base + rows[k] + i]}, i below width. */
  void gather(float[] x, int base, int[] rows, int from, int to, float[] sums, int sum, int width);

  /** The fastest implementation on this JVM: vectors where the Vector API's module is present. */
  static SignSums best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? new VectorSignSums() : new PlainSignSums();
  }
}
