package org.qsnn.deploy;

import org.qsnn.ConfigurationException;
import org.qsnn.model.FrameInput;
import org.qsnn.model.FrameInput.Resize;
import org.qsnn.model.FrameInput.Values;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelInput;

/**
 * What the first layer reads: int16 numbers {@code [channels, size, size]}, in units of
 * 2^−fraction.
 *
 * @param isSteady whether all timesteps read the same image; else each has a frame of its own
 * @param fraction binary digits behind the point
 * @param table of images {@code [3 · 256]}: what a byte of each channel becomes; empty for frames
 */
public record IntegerInput(int channels, int size, boolean isSteady, int fraction, short[] table) {
  /** Binary digits of normalized pixels, and of all frames but counts. */
  static final int FRACTION = 12;

  /** Binary digits of counts that were spread over the pixels of a frame. */
  static final int SPREAD_FRACTION = 6;

  private static final int BYTES = 256;

  /**
   * @throws ConfigurationException if a normalized pixel is too large
   */
  static IntegerInput of(ModelInput input, int channels, int size) {
    if (input instanceof ImageInput images) {
      return new IntegerInput(channels, size, true, FRACTION, table(images, channels));
    }
    FrameInput frames = (FrameInput) input;
    int fraction =
        frames.values() != Values.COUNTS
            ? FRACTION
            : frames.resize() == Resize.AREA ? SPREAD_FRACTION : 0;
    return new IntegerInput(channels, size, false, fraction, new short[0]);
  }

  private static short[] table(ImageInput images, int channels) {
    if (channels != 3) {
      throw new ConfigurationException(
          "integer semantics: images must have 3 channels; found " + channels);
    }
    short[] table = new short[channels * BYTES];
    for (int i = 0; i < table.length; i++) {
      double scaled = Math.rint(Math.scalb((double) images.apply(i / BYTES, i % BYTES), FRACTION));
      if (Math.abs(scaled) > Short.MAX_VALUE) {
        throw new ConfigurationException(
            "integer semantics: a normalized pixel must be from −8 to 8; found "
                + images.apply(i / BYTES, i % BYTES)
                + ": input.std is too small");
      }
      table[i] = (short) scaled;
    }
    return table;
  }

  /** Numbers of one image or frame. */
  public int frameLength() {
    return channels * size * size;
  }

  /** The number of a value of a frame: the nearest, half to even, at most ±32767. */
  public short quantize(float value) {
    double scaled = Math.rint(Math.scalb((double) value, fraction));
    return (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, scaled));
  }

  /** The numbers of an image: planes of red, green and blue bytes. */
  public short[] ofImage(byte[] pixels) {
    if (pixels.length != frameLength()) {
      throw new IllegalArgumentException(
          "an image must have " + frameLength() + " bytes; found " + pixels.length);
    }
    short[] numbers = new short[pixels.length];
    int plane = size * size;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = table[i / plane * BYTES + (pixels[i] & 0xFF)];
    }
    return numbers;
  }
}
