package org.qsnn.binary;

import java.util.Arrays;

/**
 * Images of spike counts, as floats.
 *
 * @param x {@code [images, channels, H, W]} of multiples of 1/countsPerUnit from 0 to 1, and behind
 *     them one plane more, which is overwritten, and {@link PlaneCopies#MORE_PLACES} of anything
 */
record CountImages(float[] x, int images, int channels, int countsPerUnit, StripGrid grid)
    implements SpikeImages {
  private static final PlaneCopies COPIES = PlaneCopies.best();

  CountImages {
    int end = images * channels * grid.size() * grid.size();
    Arrays.fill(x, end, end + grid.size() * grid.size(), 0f);
  }

  @Override
  public void pack(int[] numbers, int channel, int[] rows, int to, int pitch) {
    int[] from = new int[numbers.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = numbers[i] == SILENT ? start(images, 0) : start(numbers[i], channel);
    }
    COPIES.pack(x, from, countsPerUnit, grid.size(), rows, to, pitch);
  }

  private int start(int image, int channel) {
    return (image * channels + channel) * grid.size() * grid.size();
  }

  @Override
  public int list(int image, int channel, int phase, Places places, int first, int line) {
    int block = places.block();
    int n = first;
    for (int row = 0; row < grid.side(); row++) {
      places.starts()[line + row] = n;
      int h = row * grid.stride() + phase / grid.stride();
      int from = start(image, channel) + h * grid.size();
      int end = h < grid.size() ? from + grid.size() : from;
      int place = grid.position(image, row) * block;
      for (int i = from + phase % grid.stride(); i < end; i += grid.stride()) {
        for (int k = (int) (x[i] * countsPerUnit); k > 0; k--) {
          places.places()[n++] = place;
        }
        place += block;
      }
    }
    return n;
  }
}
