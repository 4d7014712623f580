package org.qsnn.deploy;

/**
 * The innermost loop: how many spikes of each patch meet a weight of +1. Where the processor counts
 * bits in vectors, the compiler makes vectors of it: Java 17 does so for ints, separate arrays and
 * no more than about four of them.
 */
final class SpikeCounts {
  /** Columns that are added at once. */
  static final int COLUMNS = 4;

  private SpikeCounts() {}

  /** Adds {@code |weights[from + k] ∧ columns[first + k]|} of {@code count} columns. */
  static void add(
      int[] sums, int length, int[][] columns, int first, int[] weights, int from, int count) {
    for (int k = 0; k < count; k += COLUMNS) {
      int column = first + k;
      int weight = from + k;
      add(
          sums,
          length,
          columns[column],
          columns[column + 1],
          columns[column + 2],
          columns[column + 3],
          weights[weight],
          weights[weight + 1],
          weights[weight + 2],
          weights[weight + 3]);
    }
  }

  private static void add(
      int[] sums, int n, int[] s0, int[] s1, int[] s2, int[] s3, int w0, int w1, int w2, int w3) {
    for (int i = 0; i < n; i++) {
      sums[i] +=
          Integer.bitCount(w0 & s0[i])
              + Integer.bitCount(w1 & s1[i])
              + Integer.bitCount(w2 & s2[i])
              + Integer.bitCount(w3 & s3[i]);
    }
  }
}
