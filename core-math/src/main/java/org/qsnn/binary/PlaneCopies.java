package org.qsnn.binary;

import org.qsnn.tensor.VectorSupport;

/**
 * The loops that bring planes into the forms in which sums are computed: counts of four images in
 * an int, places of spikes, rows of another pitch.
 */
interface PlaneCopies {
  /** Places, or packed counts, that may be written behind the last. */
  int MORE_PLACES = 16;

  /**
   * Packs the counts of four planes into ints of four bytes each, the first in the lowest byte;
   * behind a row, up to {@link #MORE_PLACES} zeros are written.
   *
   * @param x with {@link #MORE_PLACES} of anything behind the planes
   * @param from where the four planes start in x
   * @param countsPerUnit x times it is a small integer
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
   * Some rows.
   *
   * @param fromPitch from one row to the next where they are
   * @param toPitch from one row to the next where they go
   */
  record Rows(int count, int length, int fromPitch, int toPitch) {}

  /** Copies rows to others; short ones faster than one by one. */
  void copyRows(float[] x, int from, float[] y, int to, Rows rows);

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
  static PlaneCopies best() {
    return VectorSupport.isUsed() ? new VectorPlaneCopies() : new PlainPlaneCopies();
  }
}
