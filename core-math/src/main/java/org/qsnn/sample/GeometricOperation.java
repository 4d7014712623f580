package org.qsnn.sample;

/**
 * Affine operations as Pillow computes them: the output pixel (x, y) is taken at (a x + b y + c, d
 * x + e y + f), pixel centers at +0.5; what lies outside is gray 128.
 */
final class GeometricOperation {
  private static final byte OUTSIDE = (byte) 128;

  private GeometricOperation() {}

  /** Takes (x + value · y, y), bicubic. */
  static void shearX(RgbImage image, double value) {
    shear(image, value, image.height, image.width, image.width, 1);
  }

  /** Takes (x, y + value · x), bicubic. */
  static void shearY(RgbImage image, double value) {
    shear(image, value, image.width, image.height, 1, image.width);
  }

  /** Takes (x + value · width, y), nearest. */
  static void translateX(RgbImage image, double value) {
    translate(image, sources(image.width, value * image.width), sources(image.height, 0));
  }

  /** Takes (x, y + value · height), nearest. */
  static void translateY(RgbImage image, double value) {
    translate(image, sources(image.width, 0), sources(image.height, value * image.height));
  }

  /**
   * Turns the image counterclockwise about its center, nearest. Positions are 16.16 fixed point, so
   * that they round as Pillow's do.
   */
  static void rotate(RgbImage image, double degrees) {
    double angle = -StrictMath.toRadians(degrees);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double centerX = image.width / 2.0;
    double centerY = image.height / 2.0;
    int startX = fixed(centerX - cos * centerX - sin * centerY + (cos + sin) * 0.5);
    int startY = fixed(centerY + sin * centerX - cos * centerY + (cos - sin) * 0.5);
    int stepCos = fixed(cos);
    int stepSin = fixed(sin);
    int stepMinusSin = fixed(-sin);
    byte[] source = image.values.clone();
    for (int y = 0; y < image.height; y++) {
      for (int x = 0; x < image.width; x++) {
        int xIn = (startX + x * stepCos + y * stepSin) >> 16;
        int yIn = (startY + x * stepMinusSin + y * stepCos) >> 16;
        boolean inside = xIn >= 0 && xIn < image.width && yIn >= 0 && yIn < image.height;
        copyPixel(image, source, inside ? yIn * image.width + xIn : -1, y * image.width + x);
      }
    }
  }

  private static int fixed(double value) {
    return (int) Math.floor(value * 65536 + 0.5);
  }

  /** The source position of each position of an axis, −1 outside. */
  private static int[] sources(int extent, double shift) {
    int[] sources = new int[extent];
    double position = shift + 0.5;
    for (int i = 0; i < extent; i++, position++) {
      sources[i] = position >= 0 && position < extent ? (int) position : -1;
    }
    return sources;
  }

  private static void translate(RgbImage image, int[] columns, int[] rows) {
    byte[] source = image.values.clone();
    for (int y = 0; y < image.height; y++) {
      for (int x = 0; x < image.width; x++) {
        boolean inside = rows[y] >= 0 && columns[x] >= 0;
        int from = inside ? rows[y] * image.width + columns[x] : -1;
        copyPixel(image, source, from, y * image.width + x);
      }
    }
  }

  private static void copyPixel(RgbImage image, byte[] source, int from, int to) {
    for (int plane = 0; plane < source.length; plane += image.plane()) {
      image.values[plane + to] = from < 0 ? OUTSIDE : source[plane + from];
    }
  }

  /**
   * Moves each line (a row or a column) along itself by value · (its number + 0.5). A shear keeps
   * the other coordinate on pixel centers, where the bicubic kernel is the identity: one dimension
   * is enough.
   */
  private static void shear(
      RgbImage image, double value, int lines, int length, int lineStride, int stride) {
    int[] source = new int[length];
    for (int plane = 0; plane < image.values.length; plane += image.plane()) {
      for (int line = 0; line < lines; line++) {
        int start = plane + line * lineStride;
        for (int i = 0; i < length; i++) {
          source[i] = image.values[start + i * stride] & 0xFF;
        }
        for (int i = 0; i < length; i++) {
          double position = (i + 0.5) + value * (line + 0.5);
          boolean inside = position >= 0 && position < length;
          image.values[start + i * stride] =
              inside ? (byte) bicubic(source, position - 0.5) : OUTSIDE;
        }
      }
    }
  }

  /** Cubic convolution with a = −1 over four neighbors, the border repeated; clipped, truncated. */
  private static int bicubic(int[] line, double position) {
    int left = (int) Math.floor(position);
    double d = position - left;
    int last = line.length - 1;
    int v1 = line[Math.max(left - 1, 0)];
    int v2 = line[Math.max(left, 0)];
    int v3 = line[Math.min(left + 1, last)];
    int v4 = line[Math.min(left + 2, last)];
    double cubic = d * (2 * (v1 - v2) + v3 - v4 + d * (-v1 + v2 - v3 + v4));
    double value = v2 + d * (-v1 + v3 + cubic);
    return (int) Math.max(0, Math.min(255, value));
  }
}
