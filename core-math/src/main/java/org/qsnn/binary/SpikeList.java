package org.qsnn.binary;

import org.qsnn.binary.SignSums.SpikePlane;

/**
 * The places of a strip's spikes: for each input channel and phase, in order of position; a count
 * of n is listed n times. Lines are rows of an image, counted through the strip.
 */
final class SpikeList {
  private static final SignSums SUMS = SignSums.best();

  private final int lines;
  private final int[] places;
  private final int[] starts;
  private int size;

  /**
   * @param x images {@code [N, C, H, W]} of multiples of 1/largest from 0 to 1
   * @param largest the largest count
   * @param unit what a place is a multiple of: place = position · unit
   * @param places scratch for as many places as there may be, and {@link SignSums#MORE_PLACES}
   */
  SpikeList(
      StripGrid grid, float[] x, int images, int channels, int largest, int unit, int[] places) {
    this.lines = images * grid.side();
    this.places = places;
    this.starts = new int[channels * grid.planes() * lines + 1];
    if (largest == 1 && grid.stride() == 1) {
      addPlanes(grid, x, images, channels, unit);
    } else {
      addLines(grid, x, channels, largest, unit);
    }
    starts[starts.length - 1] = size;
  }

  private void addPlanes(StripGrid grid, float[] x, int images, int channels, int unit) {
    int side = grid.side();
    int[] bits = new int[SignSums.bitsLength(side * side)];
    for (int channel = 0; channel < channels; channel++) {
      for (int image = 0; image < images; image++) {
        int from = (image * channels + channel) * side * side;
        int place = grid.position(image, 0) * unit;
        SpikePlane plane = new SpikePlane(from, side, place, grid.pitch() * unit, unit);
        size = SUMS.list(x, plane, bits, places, size, starts, channel * lines + image * side);
      }
    }
  }

  private void addLines(StripGrid grid, float[] x, int channels, int largest, int unit) {
    int stride = grid.stride();
    for (int row = 0; row < channels * grid.planes(); row++) {
      int channel = row / grid.planes();
      int top = row % grid.planes() / stride;
      int left = row % grid.planes() % stride;
      for (int line = 0; line < lines; line++) {
        starts[row * lines + line] = size;
        int image = line / grid.side();
        int h = line % grid.side() * stride + top;
        if (h < grid.size()) {
          int from = ((image * channels + channel) * grid.size() + h) * grid.size();
          int place = grid.position(image, line % grid.side()) * unit;
          add(x, from + left, from + grid.size(), stride, largest, place, unit);
        }
      }
    }
  }

  private void add(float[] x, int from, int to, int step, int largest, int firstPlace, int unit) {
    if (largest > 1) {
      addCounts(x, from, to, step, largest, firstPlace, unit);
    } else {
      addSpikes(x, from, to, step, firstPlace, unit);
    }
  }

  /** Without branches: each place is written, and kept if there is a spike. */
  private void addSpikes(float[] x, int from, int to, int step, int firstPlace, int unit) {
    int n = size;
    int place = firstPlace;
    for (int i = from; i < to; i += step) {
      places[n] = place;
      n += Float.floatToRawIntBits(x[i]) >>> SignSums.ONE_BIT;
      place += unit;
    }
    size = n;
  }

  private void addCounts(
      float[] x, int from, int to, int step, int largest, int firstPlace, int unit) {
    int n = size;
    int place = firstPlace;
    for (int i = from; i < to; i += step) {
      for (int k = (int) (x[i] * largest); k > 0; k--) {
        places[n++] = place;
      }
      place += unit;
    }
    size = n;
  }

  /** Positions times the unit. */
  int[] places() {
    return places;
  }

  int lines() {
    return lines;
  }

  /** Index of the first place of a row (channel, phase) on a line or after it. */
  int from(int row, int line) {
    return starts[row * lines + line];
  }
}
