package org.qsnn.binary;

import org.qsnn.binary.PlaneCopies.SpikePlane;
import org.qsnn.tensor.BitHalving;
import org.qsnn.tensor.BitTensor;

/** Images whose spikes are bits. */
final class BitImages implements SpikeImages {
  private static final PlaneCopies COPIES = PlaneCopies.best();

  private final BitTensor x;
  private final int first;
  private final StripGrid grid;
  private final boolean isHalved;
  private final int[] columns;
  private final int[] phase;

  /**
   * @param first which of the tensor's images is number 0
   */
  BitImages(BitTensor x, int first, StripGrid grid) {
    this.x = x;
    this.first = first;
    this.grid = grid;
    this.isHalved = grid.stride() == 2 && BitHalving.isPossible(grid.size());
    this.columns = new int[isHalved ? BitHalving.words(grid.size()) : 0];
    this.phase = new int[columns.length];
  }

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
  public int list(int image, int channel, int ofPhase, Places places, int from, int line) {
    int word = x.word(plane(image, channel));
    int place = grid.position(image, 0) * places.block();
    if (grid.stride() == 1) {
      return list(x.words(), word, place, places, from, line);
    }
    if (isHalved) {
      BitHalving.columns(x.words(), word, grid.size(), ofPhase % 2, columns);
      BitHalving.rows(columns, grid.size(), ofPhase / 2, phase, 0);
      return list(phase, 0, place, places, from, line);
    }
    return listBits(word, place, ofPhase, places, from, line);
  }

  /** Of a plane of the output's size. */
  private int list(int[] words, int word, int place, Places places, int from, int line) {
    int block = places.block();
    SpikePlane spikes = new SpikePlane(word, grid.side(), place, grid.pitch() * block, block);
    return COPIES.list(words, spikes, places.places(), from, places.starts(), line);
  }

  /** Without branches: each place is written, and kept if there is a spike. */
  private int listBits(int word, int place, int ofPhase, Places places, int from, int line) {
    int block = places.block();
    int n = from;
    for (int row = 0; row < grid.side(); row++) {
      places.starts()[line + row] = n;
      int h = row * grid.stride() + ofPhase / grid.stride();
      int end = h < grid.size() ? (h + 1) * grid.size() : 0;
      int at = place + row * grid.pitch() * block;
      for (int i = h * grid.size() + ofPhase % grid.stride(); i < end; i += grid.stride()) {
        places.places()[n] = at;
        n += x.words()[word + i / Integer.SIZE] >>> i & 1;
        at += block;
      }
    }
    return n;
  }
}
