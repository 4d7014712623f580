package org.qsnn.binary;

/**
 * The entries of tables that a convolution's weights choose, in the order in which they are added.
 * Made once a step and never changed, so that tasks may share them.
 *
 * @param places where each entry starts in the tables' array
 * @param signs 1 where the entry is added, −1 where its opposite is; empty if none is opposite, or
 *     if places are in the order of {@link #sort}
 */
record Entries(int[] places, float[] signs) {
  /**
   * Writes some entries in another order, which is free where sums are exact: how many of them are
   * added, the places of these, and the places of those whose opposites are added.
   *
   * @param shifts added to the places, in turns
   * @param sorted written from {@code at} on
   * @return where the next may be written
   */
  int sort(int from, int count, int[] shifts, int[] sorted, int at) {
    int added = at + 1;
    int subtracted = at + count;
    for (int k = 0; k < count; k++) {
      int place = places[from + k] + shifts[k % shifts.length];
      if (signs[from + k] > 0) {
        sorted[added++] = place;
      } else {
        sorted[subtracted--] = place;
      }
    }
    sorted[at] = subtracted - at;
    return at + 1 + count;
  }
}
