package org.qsnn.simulate;

import java.util.Locale;

/**
 * A picture without color, row by row.
 *
 * @param values luminance, 0 … 255; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // two pictures are never compared
public record LuminanceImage(int width, int height, float[] values) {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  public LuminanceImage {
    if (width < 1 || height < 1 || values.length != width * height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "luminance: expected %d × %d values, found %d",
              width,
              height,
              values.length));
    }
    for (float value : values) {
      if (!(value >= 0 && value <= LogLuminance.LARGEST)) {
        throw new IllegalArgumentException("luminance: expected 0…255, found " + value);
      }
    }
  }

  /** The luma (ITU-R BT.601) of an image of three planes: red, green and blue, one byte a value. */
  public static LuminanceImage ofRgbPlanes(int width, int height, byte[] planes) {
    int plane = width * height;
    if (planes.length != 3 * plane) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "luminance: expected three planes of %d × %d bytes, found %d",
              width,
              height,
              planes.length));
    }
    float[] values = new float[plane];
    for (int i = 0; i < plane; i++) {
      float luma =
          RED * (planes[i] & 0xFF)
              + GREEN * (planes[plane + i] & 0xFF)
              + BLUE * (planes[2 * plane + i] & 0xFF);
      values[i] = Math.min(luma, LogLuminance.LARGEST);
    }
    return new LuminanceImage(width, height, values);
  }
}
