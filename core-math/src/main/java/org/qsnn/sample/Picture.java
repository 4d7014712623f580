package org.qsnn.sample;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.qsnn.event.EventColors;
import org.qsnn.frame.FrameIntegrator;

/**
 * A sample as a person can see it: a small square picture, the planes red, green and blue of one
 * unsigned byte a pixel, row major. The array is not copied.
 */
public final class Picture implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Red, green and blue. */
  public static final int CHANNELS = RgbImage.CHANNELS;

  /** Pixels of the largest one's side: what is larger is shrunk, so that many fit on a page. */
  public static final int MAX_SIZE = 64;

  private final int size;
  private final byte[] planes;

  /**
   * @param size height and width in pixels
   * @throws IllegalArgumentException if there cannot be such a picture
   */
  public Picture(int size, byte[] planes) {
    if (size < 1 || size > MAX_SIZE || planes.length != CHANNELS * size * size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "picture: must have %d bytes a pixel and a side of 1 … %d pixels; found %d bytes, a"
                  + " side of %d",
              CHANNELS,
              MAX_SIZE,
              planes.length,
              size));
    }
    this.size = size;
    this.planes = planes;
  }

  /**
   * @param image planes as those of a picture, of any size
   */
  static Picture ofImage(byte[] image, int size) {
    float[] values = new float[image.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image[i] & 0xFF;
    }
    float[] shrunk = shrunk(values, size);
    byte[] planes = new byte[shrunk.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) Math.round(shrunk[i]);
    }
    return new Picture(shrunk(size), planes);
  }

  /**
   * @param counts of events: a frame {@code [2, size, size]} as {@link FrameIntegrator} fills it
   */
  static Picture ofEvents(float[] counts, int size) {
    float[] shrunk = shrunk(counts, size);
    int plane = shrunk.length / FrameIntegrator.CHANNELS;
    float[] off = Arrays.copyOf(shrunk, plane);
    float[] on = Arrays.copyOfRange(shrunk, plane, 2 * plane);
    int[] rgb = EventColors.rgb(on, off);
    byte[] planes = new byte[CHANNELS * plane];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (rgb[i % plane] >> (8 * (CHANNELS - 1 - i / plane)));
    }
    return new Picture(shrunk(size), planes);
  }

  /** Side of the blocks of pixels that become one. */
  private static int block(int size) {
    return (size + MAX_SIZE - 1) / MAX_SIZE;
  }

  private static int shrunk(int size) {
    return (size + block(size) - 1) / block(size);
  }

  /** Planes of the means of blocks; those at the right and lower border may be cut. */
  private static float[] shrunk(float[] planes, int size) {
    int block = block(size);
    int smaller = shrunk(size);
    float[] means = new float[planes.length / (size * size) * smaller * smaller];
    for (int i = 0; i < means.length; i++) {
      int top = i / smaller % smaller * block;
      int left = i % smaller * block;
      int bottom = Math.min(top + block, size);
      int right = Math.min(left + block, size);
      int plane = i / (smaller * smaller) * size * size;
      float sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += planes[plane + y * size + x];
        }
      }
      means[i] = sum / ((bottom - top) * (right - left));
    }
    return means;
  }

  /** Height and width in pixels. */
  public int size() {
    return size;
  }

  /** {@code [3, size, size]}: its own array, read only. */
  public byte[] planes() {
    return planes;
  }

  /** Row by row: red, green and blue in the lower 24 bits. */
  public int[] rgb() {
    int[] rgb = new int[size * size];
    for (int i = 0; i < planes.length; i++) {
      int pixel = i % rgb.length;
      rgb[pixel] = (rgb[pixel] << 8) | (planes[i] & 0xFF);
    }
    return rgb;
  }
}
