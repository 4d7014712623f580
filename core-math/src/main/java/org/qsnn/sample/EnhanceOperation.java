package org.qsnn.sample;

/**
 * Blends of the image with a degenerate of itself, as Pillow's ImageEnhance does: {@code out =
 * degenerate + factor · (image − degenerate)} in float32, clipped and truncated. Factor 1 is the
 * image, 0 the degenerate, beyond 1 exaggerates.
 */
final class EnhanceOperation {
  private EnhanceOperation() {}

  /** The degenerate is the gray image. */
  static void color(RgbImage image, double factor) {
    for (int pixel = 0; pixel < image.plane(); pixel++) {
      int gray = image.luma(pixel);
      for (int i = pixel; i < image.values.length; i += image.plane()) {
        image.values[i] = blend(gray, image.values[i], (float) factor);
      }
    }
  }

  /** The degenerate is black. */
  static void brightness(RgbImage image, double factor) {
    blendWith(image, 0, factor);
  }

  /** The degenerate is the mean gray. */
  static void contrast(RgbImage image, double factor) {
    long sum = 0;
    for (int pixel = 0; pixel < image.plane(); pixel++) {
      sum += image.luma(pixel);
    }
    blendWith(image, (int) ((double) sum / image.plane() + 0.5), factor);
  }

  /** The degenerate is the image smoothed by 3 × 3 (center 5, neighbors 1); the border stays. */
  static void sharpness(RgbImage image, double factor) {
    byte[] source = image.values.clone();
    for (int plane = 0; plane < source.length; plane += image.plane()) {
      for (int y = 1; y < image.height - 1; y++) {
        for (int x = 1; x < image.width - 1; x++) {
          int i = plane + y * image.width + x;
          image.values[i] = blend(smooth(source, i, image.width), source[i], (float) factor);
        }
      }
    }
  }

  /** (sum of the nine + 4 · center) / 13, rounded. */
  private static int smooth(byte[] values, int i, int width) {
    int sum = 4 * (values[i] & 0xFF);
    for (int row = i - width; row <= i + width; row += width) {
      sum += (values[row - 1] & 0xFF) + (values[row] & 0xFF) + (values[row + 1] & 0xFF);
    }
    return (2 * sum + 13) / 26;
  }

  private static void blendWith(RgbImage image, int degenerate, double factor) {
    byte[] table = new byte[256];
    for (int v = 0; v < 256; v++) {
      table[v] = blend(degenerate, (byte) v, (float) factor);
    }
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      image.map(channel, table);
    }
  }

  private static byte blend(int degenerate, byte value, float factor) {
    float blended = degenerate + factor * ((value & 0xFF) - degenerate);
    return (byte) Math.max(0, Math.min(255, blended));
  }
}
