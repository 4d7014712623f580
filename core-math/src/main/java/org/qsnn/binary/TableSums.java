package org.qsnn.binary;

import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of binary convolutions. Positions lie side by side in vectors and each adds for
 * itself, so wide vectors, narrow ones and none at all give the same bits.
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

  /** Places, or packed counts, that may be written behind the last. */
  int MORE_PLACES = 16;

  /** What fits the sums of one call of {@link #add} for counts. */
  int LARGEST_COUNT = 255;

  /**
   * Packs the counts of four planes into ints of four bytes each, the first in the lowest byte;
   * behind a row, up to {@link #MORE_PLACES} zeros are written.
   *
   * @param x with {@link #MORE_PLACES} of anything behind the planes
   * @param from where the four planes start in x
   * @param unit x · countsPerUnit is a small integer
   * @param size rows of a plane, and their length
   * @param pitch from one row to the next of the target
   */
  void pack(float[] x, int[] from, float countsPerUnit, int size, int[] rows, int to, int pitch);

  /**
   * As the other {@code pack}, of planes of bits.
   *
   * @param words where the four planes start in the bits
   */
  void pack(int[] bits, int[] words, int size, int[] rows, int to, int pitch);

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

  /** Copies rows to others; short ones faster than one by one. */
  void copyRows(
      float[] x, int from, int pitch, float[] y, int to, int toPitch, int rows, int length);

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
   * {@code sums = before + Σ table[at + entries[k] + i]} for the positions i of a tile, of four
   * images: their bytes are added up to {@link #LARGEST_COUNT} at most, then go to sums of 16 bits,
   * laid out as {@link #unpack} reads them.
   *
   * @param before where the sums so far are, zeros or {@code sum} itself
   */
  void add(int[] table, int at, int[] entries, int from, int to, int[] sums, int before, int sum);

  /**
   * {@code sums[sum + i] = sums[before + i] + Σ signs[k] · table[at + entries[k] + i]} for the
   * positions i of a tile.
   *
   * @param signs 1 or −1, so that no product is rounded
   */
  void add(
      float[] table,
      int at,
      int[] entries,
      float[] signs,
      int from,
      int to,
      float[] sums,
      int before,
      int sum);

  /**
   * A square plane of spikes, from its first word on, and the places of its first line's first
   * column, of the next line and of the next column.
   */
  record SpikePlane(int word, int size, int place, int linePitch, int block) {}

  /**
   * Lists the places where a bit is 1, line by line.
   *
   * @param places written from {@code first} on, with {@link #MORE_PLACES} behind them
   * @param starts overwritten from {@code line} on: where each line's places start
   * @return where the next line's places start
   */
  int list(int[] bits, SpikePlane plane, int[] places, int first, int[] starts, int line);

  /** The fastest implementation on this JVM. */
  static TableSums best() {
    return VectorSupport.isUsed() ? new VectorTableSums() : new PlainTableSums();
  }
}
