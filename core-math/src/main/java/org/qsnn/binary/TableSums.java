package org.qsnn.binary;

import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of {@link FlatSums}: tables of sums of a few channels, and the addition of their
 * entries. Positions lie side by side in vectors and each adds for itself, so wide vectors, narrow
 * ones and none at all give the same bits.
 */
interface TableSums {
  /** Channels whose signed sums one table holds. */
  int GROUP = 4;

  /** Channels of a large table. */
  int LARGE_GROUP = 6;

  /** Entries of a large table of signed sums. */
  int LARGE_ENTRIES = 1 << (LARGE_GROUP - 1);

  /** Entries of a table of counts: one for each subset of the channels. */
  int ENTRIES = 1 << GROUP;

  /** Entries of a table of signed sums: those with the last channel's sign plus. */
  int SIGNED_ENTRIES = ENTRIES / 2;

  /** Positions that one call of {@link #add} computes. */
  int TILE = 64;

  /** What fits a byte. */
  int LARGEST_COUNT = 255;

  /**
   * Sums of all signs of four images from their sums over positive weights: {@code y = factor · (2
   * · sum − total)} for the positions of a tile.
   *
   * @param sum where the sums of the first and third image are, two to an int; those of the second
   *     and fourth follow after {@link #TILE}
   * @param total as sum, the sums of all weights
   * @param y four rows, {@code pitch} apart
   */
  void unpack(int[] sums, int sum, int total, float factor, float[] y, int to, int pitch);

  /**
   * Which columns of a table are written, and from what: column i of its entry e, at {@code at + e
   * · entryPitch + i}, is a sum of column i of four rows.
   *
   * @param row where the columns start in the first row; the other rows are {@code rowPitch} apart
   * @param columns how many, a multiple of 16
   */
  record TableColumns(int row, int rowPitch, int columns, int at, int entryPitch) {}

  /**
   * Writes the sums of all subsets of four rows of counts: entry e is Σ row k where bit k of e is
   * set.
   */
  void tables(int[] x, int[] table, TableColumns where);

  /**
   * Writes the signed sums of four rows in which the last is positive: entry e is Σ ±row k, plus
   * where bit k of e is set. The others are their opposites.
   *
   * @param factors one for each row, from {@code factor} on
   */
  void tables(float[] x, float[] factors, int factor, float[] table, TableColumns where);

  /** As {@link #tables(float[], float[], int, float[], TableColumns)}, of six rows. */
  void largeTables(float[] x, float[] factors, int factor, float[] table, TableColumns where);

  /**
   * What is added for counts: {@code entries}, places in {@code table}, to {@code sums}, a tile at
   * a time.
   *
   * @param together entries whose sum is {@link #LARGEST_COUNT} at most
   */
  record CountTerms(int[] table, int[] entries, int together, int[] sums) {}

  /**
   * {@code sums = before + Σ table[at + entries[k] + i]} for the positions i of a tile, of four
   * images: bytes of as many entries as fit are added, then go to sums of 16 bits, laid out as
   * {@link #unpack} reads them.
   *
   * @param before where the sums so far are, zeros or {@code sum} itself
   */
  void add(CountTerms terms, int at, int from, int to, int before, int sum);

  /** What is added for gradients. */
  record SignedTerms(float[] table, Entries entries, float[] sums) {}

  /**
   * {@code sums[sum + i] = sums[before + i] + Σ signs[k] · table[at + places[k] + i]} for the
   * positions i of a tile.
   */
  void add(SignedTerms terms, int at, int from, int to, int before, int sum);

  /** The fastest implementation on this JVM. */
  static TableSums best() {
    return VectorSupport.isUsed() ? new VectorTableSums() : new PlainTableSums();
  }
}
