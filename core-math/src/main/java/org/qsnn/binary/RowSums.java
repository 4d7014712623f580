package org.qsnn.binary;

import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of {@link RowInputGradient}. Columns lie side by side in vectors and each adds
 * for itself, so vectors and plain loops give the same bits.
 */
interface RowSums {
  /** Entries of a table: the signed sums of six numbers of which the last is positive. */
  int ENTRIES = 32;

  /** Vectors of a table's entry, and of a row of sums. */
  int WIDE = 4;

  /** Vectors where those fill an image's rows better. */
  int NARROW = 3;

  /** Columns of a vector, or of what stands for one; 16 at most. */
  int lanes();

  /**
   * Two rows of gradients, each as its columns' left neighbors, itself and its right neighbors.
   *
   * @param row where the first row starts, one more on either side being read; the second is {@code
   *     pitch} behind
   * @param mask where its columns start in the masks
   * @param columns how many, whole vectors
   */
  record RowPair(int row, int pitch, int mask, int columns) {}

  /**
   * Writes a table's entries, {@code width} columns apart, one after the other. Entry e adds, for
   * its bits from the lowest on, the left neighbor, the column and the right neighbor in the first
   * row, then those in the second: plus where the bit of e + {@link #ENTRIES} is set, else minus.
   *
   * @param masks 1, or 0 where a column has no left neighbor; behind all of them, as many, the same
   *     for the right
   */
  void table(float[] x, RowPair pair, float[] masks, float[] table, int at, int width);

  /**
   * Three rows of sums: in each, {@code width} sums of every output, one output after the other.
   *
   * @param at where the first row starts; the others are {@code pitch} apart
   * @param width of {@link #WIDE} or {@link #NARROW} vectors
   */
  record SumRows(float[] sums, int at, int pitch, int outputs, int width) {}

  /**
   * For each output adds entries to its sums, k to row k modulo 3: {@code sums[k % 3 · pitch + i]
   * += signs[k] · table[places[k] + i]}. The entries of an output follow those of the one before.
   *
   * @param from the first output's first entry
   * @param count entries an output, a multiple of 3
   */
  void add(float[] table, Entries entries, int from, int count, SumRows rows);

  /** The fastest implementation on this JVM. */
  static RowSums best() {
    return VectorSupport.isUsed() ? new VectorRowSums() : new PlainRowSums();
  }
}
