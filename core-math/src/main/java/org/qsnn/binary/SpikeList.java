package org.qsnn.binary;

import org.qsnn.binary.SpikeImages.Places;

/**
 * The places of a strip's spikes: for each input channel and phase, in order of position; a count
 * of n is listed n times. Lines are rows of an image, counted through the strip.
 */
final class SpikeList {
  private final int lines;
  private final Places places;

  /**
   * @param block what a place is a multiple of: place = position · block
   * @param places scratch, from {@code start} on for as many places as there may be, and {@link
   *     PlaneCopies#MORE_PLACES}
   */
  SpikeList(
      StripGrid grid, SpikeImages x, int images, int channels, int block, int[] places, int start) {
    int phases = grid.phases();
    this.lines = images * grid.side();
    this.places = new Places(block, places, new int[channels * phases * lines + 1]);
    int size = start;
    for (int row = 0; row < channels * phases; row++) {
      for (int image = 0; image < images; image++) {
        int line = row * lines + image * grid.side();
        size = x.list(image, row / phases, row % phases, this.places, size, line);
      }
    }
    starts()[starts().length - 1] = size;
  }

  /** Positions times the block. */
  int[] places() {
    return places.places();
  }

  private int[] starts() {
    return places.starts();
  }

  int lines() {
    return lines;
  }

  /** Where its last place ends. */
  int end() {
    return starts()[starts().length - 1];
  }

  /** Index of the first place of a row (channel, phase) on a line or after it. */
  int from(int row, int line) {
    return starts()[row * lines + line];
  }
}
