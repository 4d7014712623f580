package org.qsnn.binary;

import org.qsnn.binary.GatherSums.GatheredRows;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.TableSums.TableColumns;
import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of gradients in integers of 16 bits, of which an int holds two: low + 2¹⁶ · high.
 * Sums and differences of such ints are those of both at once, and may overflow on the way, as long
 * as both fit 16 bits in the end. Integers are exact, so that no order matters.
 */
interface PackedSums {
  /** Integers of a gradient are at most that large, so that some fit a sum. */
  int LARGEST = 1023;

  /** Low integers of a row that {@link #addTo} separates. */
  int COLUMNS = 16;

  /** What indices are multiplied by before they are hashed: 2³² over the golden ratio, odd. */
  int WEYL = 0x9e3779b9;

  /** Multipliers between which a hash is shifted (lowbias32 of C. Wellons' hash-prospector). */
  int MIX_FIRST = 0x7feb352d;

  int MIX_SECOND = 0x846ca68b;

  /** Added to a float of at most 2²², it leaves the nearest integer in the low bits. */
  float ROUND = 0x1.8p23f;

  int ROUND_BITS = 0x4b400000;

  /** The bits of 1, and of a float's fraction. */
  int ONE = 0x3f800000;

  int FRACTION = 0x007fffff;

  /**
   * Planes of one image.
   *
   * @param from where the first starts
   * @param factors one a plane, none negative
   */
  record Planes(float[] x, int from, int count, int length, float[] factors) {}

  /**
   * The magnitudes of planes times their factors: {@code sums[at + i] = Σ |x| · factor} over all
   * planes.
   *
   * @param largest raised to the bits of the largest term of all whose index is the same modulo its
   *     length, {@link RowSums#lanes} or a multiple
   */
  void magnitudes(Planes planes, float[] sums, int at, int[] largest);

  /**
   * Rounds two planes at random, up as often as the fraction says: {@code y = ⌊x · factor + u⌋}, u
   * from 0 to 1 by a hash of key and index.
   *
   * @param low where the plane starts that becomes low integers
   * @param high where the other one starts
   * @param factor so that products are at most {@link #LARGEST}
   */
  void round(float[] x, int low, int high, int length, float factor, int key, int[] y, int to);

  /** As {@link PlaneCopies#copyRows}. */
  void copyRows(int[] x, int from, int[] y, int to, Rows rows);

  /** As {@link TableSums#tables(float[], float[], int, float[], TableColumns)} without factors. */
  void tables(int[] x, int[] table, TableColumns where);

  /** As {@link TableSums#largeTables} without factors. */
  void largeTables(int[] x, int[] table, TableColumns where);

  /**
   * As {@link RowSums#table}.
   *
   * @param masks all bits, or none where a column has no neighbor
   */
  void table(int[] x, RowPair pair, int[] masks, int[] table, int at, int width);

  /**
   * Rows of sums, one an output.
   *
   * @param at where the first output's start; the others are {@code pitch} apart
   * @param width as {@link RowSums.SumRows#width}, or a multiple of {@link TableSums#TILE}
   */
  record OutputRows(int[] sums, int at, int pitch, int outputs, int width) {}

  /**
   * For each output and column i adds Σ ±table[start + entries[k] + i].
   *
   * @param entries for one output after the other as {@link Entries#sort} writes them
   * @param from where those of the first output start
   * @param count the same for each output
   */
  void add(int[] table, int start, int[] entries, int from, int count, OutputRows rows);

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

  /**
   * Times unit, the low integers and, {@code pitch} behind, the high ones.
   *
   * @param to where the first low one goes
   */
  void unpack(int[] packed, int from, int length, float unit, float[] y, int to, int pitch);

  /** The low integer of an int. */
  static int low(int packed) {
    return (short) packed;
  }

  /** The high integer, which the low one may have borrowed from. */
  static int high(int packed) {
    return (packed - low(packed)) >> 16;
  }

  /** What a product becomes: the integer in the low bits of a float, still with {@link #ROUND}. */
  static int roundedBits(float product, int fraction) {
    float dither = Float.intBitsToFloat(ONE | fraction) - 1.5f;
    return Float.floatToRawIntBits(product + dither + ROUND);
  }

  /** One below and one above, packed. */
  static int rounded(float low, float high, int hash) {
    int a = roundedBits(low, hash & FRACTION);
    int b = roundedBits(high, hash >>> 9);
    return a + (b << Short.SIZE) - ROUND_BITS;
  }

  /** A hash whose every bit depends on all of both. */
  static int hash(int key, int index) {
    int h = key + index * WEYL;
    h = (h ^ h >>> 16) * MIX_FIRST;
    h = (h ^ h >>> 15) * MIX_SECOND;
    return h ^ h >>> 16;
  }

  /** The fastest implementation on this JVM. */
  static PackedSums best() {
    return VectorSupport.isUsed() ? new VectorPackedSums() : new PlainPackedSums();
  }
}
