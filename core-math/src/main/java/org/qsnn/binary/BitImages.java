package org.qsnn.binary;

import org.qsnn.binary.PlaneCopies.SpikePlane;
import org.qsnn.tensor.BitTensor;

/**
 * Images whose spikes are bits.
 *
 * @param first which of the tensor's images is number 0
 */
record BitImages(BitTensor x, int first, StripGrid grid) implements SpikeImages {
  private static final PlaneCopies COPIES = PlaneCopies.best();

  @Override
  public void pack(int[] images, int channel, int[] rows, int to, int pitch) {
    int[] words = new int[images.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = images[i] == SILENT ? x.silentWord() : x.word(plane(images[i], channel));
    }
    COPIES.pack(x.words(), words, grid.size(), rows, to, pitch);
  }

  private int plane(int image, int channel) {
    return (first + image) * x.dimension(1) + channel;
  }

  @Override
  public int list(int image, int channel, int phase, Places places, int first, int line) {
    int block = places.block();
    int word = x.word(plane(image, channel));
    int place = grid.position(image, 0) * block;
    if (grid.stride() == 1) {
      SpikePlane spikes = new SpikePlane(word, grid.size(), place, grid.pitch() * block, block);
      return COPIES.list(x.words(), spikes, places.places(), first, places.starts(), line);
    }
    int n = first;
    for (int row = 0; row < grid.side(); row++) {
      places.starts()[line + row] = n;
      int h = row * grid.stride() + phase / grid.stride();
      int end = h < grid.size() ? (h + 1) * grid.size() : 0;
      int at = place + row * grid.pitch() * block;
      // Without branches: each place is written, and kept if there is a spike.
      for (int i = h * grid.size() + phase % grid.stride(); i < end; i += grid.stride()) {
        places.places()[n] = at;
        n += x.words()[word + i / Integer.SIZE] >>> i & 1;
        at += block;
      }
    }
    return n;
  }
}
