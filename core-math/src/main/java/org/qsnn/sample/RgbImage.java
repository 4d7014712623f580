package org.qsnn.sample;

import java.util.Locale;

/**
 * An image that operations change in place: the planes red, green, blue, row major, one unsigned
 * byte a value.
 */
final class RgbImage {
  static final int CHANNELS = 3;

  final byte[] values;
  final int width;
  final int height;

  /** Wraps the values, without a copy. */
  RgbImage(byte[] values, int width, int height) {
    if (values.length != CHANNELS * width * height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "image: expected %d × %d × %d bytes, found %d",
              CHANNELS,
              height,
              width,
              values.length));
    }
    this.values = values;
    this.width = width;
    this.height = height;
  }

  int plane() {
    return width * height;
  }

  int[] histogram(int channel) {
    int[] counts = new int[256];
    for (int i = channel * plane(); i < (channel + 1) * plane(); i++) {
      counts[values[i] & 0xFF]++;
    }
    return counts;
  }

  /** Replaces each value v of a channel by {@code table[v]}. */
  void map(int channel, byte[] table) {
    for (int i = channel * plane(); i < (channel + 1) * plane(); i++) {
      values[i] = table[values[i] & 0xFF];
    }
  }

  /** Luma of one pixel (ITU-R 601-2 in 16-bit fixed point, rounded), as Pillow's mode L. */
  int luma(int pixel) {
    int red = values[pixel] & 0xFF;
    int green = values[pixel + plane()] & 0xFF;
    int blue = values[pixel + 2 * plane()] & 0xFF;
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
}
