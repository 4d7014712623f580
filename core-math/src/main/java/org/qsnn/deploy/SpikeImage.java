package org.qsnn.deploy;

import java.util.Arrays;

/**
 * What a layer hands on at one timestep, as bits: counts in binary, a plane a digit, each a square
 * image for every 32 channels, whose pixels are a word with a bit a channel. Around it is a border
 * of zeros.
 */
final class SpikeImage {
  private final int size;
  private final int border;
  private final int side;
  private final int planes;
  private final int words;
  private final int[] bits;

  /**
   * @param counts the largest count
   * @param border pixels on each side, as many as the padding of what reads it
   */
  SpikeImage(int channels, int size, int counts, int border) {
    this.size = size;
    this.border = border;
    this.side = size + 2 * border;
    this.planes = planes(counts);
    this.words = words(channels);
    this.bits = new int[planes * words * side * side];
  }

  /** Digits of counts up to this. */
  static int planes(int counts) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(counts);
  }

  /** Words of a pixel. */
  static int words(int channels) {
    return (channels + Integer.SIZE - 1) / Integer.SIZE;
  }

  /** Place of a word; pixels below 0, and from {@code size} on, are the border. */
  int at(int plane, int word, int y, int x) {
    return ((plane * words + word) * side + y + border) * side + x + border;
  }

  int count(int channel, int y, int x) {
    int count = 0;
    for (int plane = 0; plane < planes; plane++) {
      count |= (bits[at(plane, channel >> 5, y, x)] >>> channel & 1) << plane;
    }
    return count;
  }

  /** Reads every {@code stride}-th word from a place on. */
  void read(int at, int stride, int[] to, int first, int count) {
    if (stride == 1) {
      System.arraycopy(bits, at, to, first, count);
    } else {
      for (int i = 0; i < count; i++) {
        to[first + i] = bits[at + i * stride];
      }
    }
  }

  /** Overwrites a word of the pixels of a tile; of an image of one plane. */
  void write(int word, Tile tile, int[] from) {
    for (int y = 0; y < tile.rows(); y++) {
      System.arraycopy(from, y * size, bits, at(0, word, tile.first() + y, 0), size);
    }
  }

  /** Spikes of an image of one plane. */
  long spikes() {
    long spikes = 0;
    for (int word : bits) {
      spikes += Integer.bitCount(word);
    }
    return spikes;
  }

  /** Overwrites this with what windows of spikes hand on. */
  void pool(SpikeImage spikes, IntegerPool pool) {
    int[] digits = new int[planes];
    for (int word = 0; word < words; word++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int top = y * pool.stride() - pool.padding();
          int left = x * pool.stride() - pool.padding();
          Arrays.fill(digits, 0);
          spikes.window(word, top, left, pool, digits);
          for (int plane = 0; plane < planes; plane++) {
            bits[at(plane, word, y, x)] = digits[plane];
          }
        }
      }
    }
  }

  /** Adds the spikes of a window, 32 channels at once, to numbers whose digits are words. */
  private void window(int word, int top, int left, IntegerPool pool, int[] digits) {
    for (int y = Math.max(0, top); y < Math.min(size, top + pool.extent()); y++) {
      for (int x = Math.max(0, left); x < Math.min(size, left + pool.extent()); x++) {
        int carry = bits[at(0, word, y, x)];
        if (pool.isMax()) {
          digits[0] |= carry;
        } else {
          add(carry, digits);
        }
      }
    }
  }

  private static void add(int carry, int[] digits) {
    int rest = carry;
    for (int plane = 0; rest != 0; plane++) {
      int both = digits[plane] & rest;
      digits[plane] ^= rest;
      rest = both;
    }
  }
}
