package org.qsnn.binary;

import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.TableSums.TableColumns;
import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of tables of integers of 16 bits, of which an int holds two: low + 2¹⁶ · high.
 * Sums and differences of such ints are those of both at once, and may overflow on the way, as long
 * as both fit 16 bits in the end. Integers are exact, so that no order matters.
 */
interface PackedSums {
  /** Added to a float of at most 2²², it leaves the nearest integer in the low bits. */
  float ROUND = 0x1.8p23f;

  int ROUND_BITS = 0x4b400000;

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

  /** The fastest implementation on this JVM. */
  static PackedSums best() {
    return VectorSupport.isUsed() ? new VectorPackedSums() : new PlainPackedSums();
  }
}
