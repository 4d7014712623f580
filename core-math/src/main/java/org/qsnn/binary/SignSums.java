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

  /** Positions that one call of {@link #add} computes. */
  int TILE = 64;

  /** What fits the sums of one call of {@link #add} for counts. */
  int LARGEST_COUNT = 255;

  /**
   * Packs the counts of four planes into ints of four bytes each, the first in the lowest byte.
   *
   * @param from where the four planes start in x
   * @param unit counts a unit of x: x · unit is a small integer
   * @param size rows of a plane, and their length
   * @param pitch from one row to the next of the target
   */
  void pack(float[] x, int[] from, float unit, int size, int[] rows, int to, int pitch);

  /**
   * Sums of all signs of four images from their sums over positive weights: {@code y = factor · (2
   * · sum − total)} for the positions of a tile.
   *
   * @param sum where the sums of the first and third image are, two to an int; those of the second
   *     and fourth follow after {@link #TILE}
   * @param total as sum, the sums of all weights
   * @param y four rows, {@code stride} apart
   */
  void unpack(int[] sums, int sum, int total, float factor, float[] y, int to, int stride);

  /**
   * Writes the sums of all subsets of four rows of counts: entry e, at {@code at + e · pitch}, is Σ
   * row k where bit k of e is set. Arguments as for floats.
   */
  void tables(int[] x, int row, int stride, int[] table, int at, int pitch);

  /**
   * Writes all signed sums of four rows: entry e, at {@code at + e · pitch}, is Σ ±row k, plus
   * where bit k of e is set.
   *
   * @param row where the first row starts in x, the others {@code stride} apart
   * @param factors one for each row, from {@code factor} on
   * @param pitch length of the rows, a multiple of 16
   */
  void tables(
      float[] x,
      int row,
      int stride,
      float[] factors,
      int factor,
      float[] table,
      int at,
      int pitch);

  /**
   * {@code sums += Σ table[entries[k] + i]} for the positions i of a tile, of four images: their
   * bytes are added up to {@link #LARGEST_COUNT} at most, then go to sums of 16 bits, laid out as
   * {@link #unpack} reads them.
   */
  void add(int[] table, int[] entries, int from, int to, int[] sums, int sum);

  /** {@code sums[sum + i] += Σ table[entries[k] + i]} for the positions i of a tile. */
  void add(float[] table, int[] entries, int from, int to, float[] sums, int sum);

  /** {@code sums[sum + i] += Σ x[base + rows[k] + i]}, i below width. */
  void gather(float[] x, int base, int[] rows, int from, int to, float[] sums, int sum, int width);

  /** The fastest implementation on this JVM: vectors where the Vector API's module is present. */
  static SignSums best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? new VectorSignSums() : new PlainSignSums();
  }
}
