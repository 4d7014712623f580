package org.qsnn.binary;

/**
 * The places of a strip's spikes, row by row in order of position; a count of n is listed n times.
 */
final class SpikeList {
  /** Where to look up a position: places are found by multiples of it. */
  private static final int STEP = 128;

  private final int positions;
  private final int steps;
  private final int[] places;
  private final int[] starts;

  /**
   * @param rows flat rows of counts
   * @param unit what a place is a multiple of
   * @param places scratch for {@code rows · positions · largest} entries and one more
   */
  SpikeList(
      StripGrid grid, short[] rows, int count, int positions, int largest, int unit, int[] places) {
    this.positions = positions;
    this.steps = (positions + STEP - 1) / STEP;
    this.places = places;
    this.starts = new int[count * steps + 1];
    int n = 0;
    for (int row = 0; row < count; row++) {
      for (int step = 0; step < steps; step++) {
        starts[row * steps + step] = n;
        int from = step * STEP;
        int to = Math.min(positions, from + STEP);
        int at = row * grid.rowLength() + grid.reach();
        n = largest == 1 ? list(rows, at, from, to, unit, n) : repeat(rows, at, from, to, unit, n);
      }
    }
    starts[count * steps] = n;
  }

  private int list(short[] rows, int at, int from, int to, int unit, int first) {
    int n = first;
    for (int i = from; i < to; i++) {
      places[n] = i * unit;
      n += rows[at + i];
    }
    return n;
  }

  private int repeat(short[] rows, int at, int from, int to, int unit, int first) {
    int n = first;
    for (int i = from; i < to; i++) {
      for (int k = rows[at + i]; k > 0; k--) {
        places[n++] = i * unit;
      }
    }
    return n;
  }

  /** Positions times the unit. */
  int[] places() {
    return places;
  }

  int positions() {
    return positions;
  }

  /** Index of a row's first place at a position (a multiple of 128, or the end) or after it. */
  int from(int row, int position) {
    return starts[row * steps + (position + STEP - 1) / STEP];
  }
}
