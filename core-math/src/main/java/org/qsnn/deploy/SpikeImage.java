package org.qsnn.deploy;

import java.util.Arrays;

/**
 * What a layer hands on at one timestep, as bits: counts in binary, a plane a digit, each a square
 * image with a border of zero pixels, whose pixels hold their channels in words of 64 bits.
 */
final class SpikeImage {
  private final int channels;
  private final int size;
  private final int border;
  private final int planes;
  private final int wordsPerPixel;
  private final long[] words;

  /**
   * @param counts the largest count
   * @param border pixels on each side, as many as the padding of what reads it
   */
  SpikeImage(int channels, int size, int counts, int border) {
    this.channels = channels;
    this.size = size;
    this.border = border;
    this.planes = Integer.SIZE - Integer.numberOfLeadingZeros(counts);
    this.wordsPerPixel = (channels + Long.SIZE - 1) / Long.SIZE;
    this.words = new long[planes * planeWords()];
  }

  int channels() {
    return channels;
  }

  int size() {
    return size;
  }

  int planes() {
    return planes;
  }

  int wordsPerPixel() {
    return wordsPerPixel;
  }

  /** Words of a row of pixels with its border. */
  int rowWords() {
    return (size + 2 * border) * wordsPerPixel;
  }

  int planeWords() {
    return (size + 2 * border) * rowWords();
  }

  /** Not a copy. */
  long[] words() {
    return words;
  }

  void clear() {
    Arrays.fill(words, 0);
  }

  /**
   * First word of a pixel of the first plane; negative ones, and from {@code size} on, are the
   * border.
   */
  int word(int y, int x) {
    return (y + border) * rowWords() + (x + border) * wordsPerPixel;
  }

  int count(int channel, int y, int x) {
    int at = word(y, x) + (channel >> 6);
    int count = 0;
    for (int plane = 0; plane < planes; plane++) {
      count |= (int) (words[at + plane * planeWords()] >>> channel & 1) << plane;
    }
    return count;
  }

  void set(int channel, int y, int x, int count) {
    int at = word(y, x) + (channel >> 6);
    for (int plane = 0; plane < planes; plane++) {
      words[at + plane * planeWords()] |= (count >> plane & 1L) << channel;
    }
  }

  /** Spikes of an image of one plane. */
  long spikes() {
    long spikes = 0;
    for (long word : words) {
      spikes += Long.bitCount(word);
    }
    return spikes;
  }

  /** Overwrites this with what windows of spikes hand on. */
  void pool(SpikeImage spikes, IntegerPool pool) {
    clear();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int c = 0; c < channels; c++) {
          int top = y * pool.stride() - pool.padding();
          int left = x * pool.stride() - pool.padding();
          int count = spikes.window(c, top, left, pool.extent());
          set(c, y, x, pool.isMax() ? Math.min(count, 1) : count);
        }
      }
    }
  }

  private int window(int channel, int top, int left, int extent) {
    int count = 0;
    for (int y = Math.max(0, top); y < Math.min(size, top + extent); y++) {
      for (int x = Math.max(0, left); x < Math.min(size, left + extent); x++) {
        count += (int) (words[word(y, x) + (channel >> 6)] >>> channel & 1);
      }
    }
    return count;
  }
}
