package org.qsnn.sample;

/** Operations that map each channel's values through a table of 256, as Pillow's ImageOps does. */
final class ToneOperation {
  private ToneOperation() {}

  static void invert(RgbImage image) {
    solarize(image, 0);
  }

  /** Inverts the values that reach the threshold. */
  static void solarize(RgbImage image, double threshold) {
    mapAll(image, v -> v < threshold ? v : 255 - v);
  }

  /** Keeps the highest bits of each value. */
  static void posterize(RgbImage image, int bits) {
    int mask = -1 << (8 - bits);
    mapAll(image, v -> v & mask);
  }

  /** Stretches each channel to 0 … 255; a channel of one value stays. */
  static void autocontrast(RgbImage image) {
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      int[] histogram = image.histogram(channel);
      int low = 0;
      int high = 255;
      while (low < 255 && histogram[low] == 0) {
        low++;
      }
      while (high > 0 && histogram[high] == 0) {
        high--;
      }
      if (high > low) {
        double scale = 255.0 / (high - low);
        double offset = -low * scale;
        image.map(channel, table(v -> (int) (v * scale + offset)));
      }
    }
  }

  /** Flattens each channel's histogram; a channel with too few values below its highest stays. */
  static void equalize(RgbImage image) {
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      int[] histogram = image.histogram(channel);
      int highest = 255;
      while (histogram[highest] == 0) {
        highest--;
      }
      int step = (image.plane() - histogram[highest]) / 255;
      if (step > 0) {
        image.map(channel, equalizing(histogram, step));
      }
    }
  }

  private static byte[] equalizing(int[] histogram, int step) {
    int[] below = new int[256];
    below[0] = step / 2;
    for (int v = 1; v < 256; v++) {
      below[v] = below[v - 1] + histogram[v - 1];
    }
    return table(v -> below[v] / step);
  }

  private static void mapAll(RgbImage image, Tone tone) {
    byte[] table = table(tone);
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      image.map(channel, table);
    }
  }

  private static byte[] table(Tone tone) {
    byte[] table = new byte[256];
    for (int v = 0; v < 256; v++) {
      table[v] = (byte) Math.max(0, Math.min(255, tone.of(v)));
    }
    return table;
  }

  private interface Tone {
    int of(int value);
  }
}
