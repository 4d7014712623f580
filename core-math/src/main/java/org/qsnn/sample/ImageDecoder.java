package org.qsnn.sample;

import java.util.Arrays;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.ImageAugmentation.Transform;
import org.qsnn.tensor.RandomStream;

/**
 * Decodes square images, the planes red, green and blue of one byte a pixel: crop, flip and
 * AutoAugment on bytes, then normalization, then Cutout on the normalized values.
 */
public final class ImageDecoder implements SampleDecoder {
  private static final long serialVersionUID = 1L;

  /** Keeps these random numbers apart from others of the same seed. */
  private static final long PURPOSE = 0x6175676D656E74L;

  /** The same for the flip of the first epoch. */
  private static final long FIRST_FLIP = 0x666C6970L;

  private final ImageAugmentation augmentation;
  private final int size;
  private final long seed;

  /** The normalized value of each channel and byte. */
  private final float[] table = new float[RgbImage.CHANNELS * 256];

  private ImageDecoder(ImageAugmentation augmentation, ImageInput input, int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("size of an image: must be at least 1; found " + size);
    }
    this.augmentation = augmentation;
    this.size = size;
    this.seed = seed;
    for (int i = 0; i < table.length; i++) {
      table[i] = input.apply(i >> 8, i & 0xFF);
    }
  }

  /**
   * For training: what is random is a function of (seed, epoch, id).
   *
   * @param size height and width of an image in pixels
   */
  public static ImageDecoder training(
      ImageAugmentation augmentation, ImageInput input, int size, long seed) {
    return new ImageDecoder(augmentation, input, size, seed);
  }

  /**
   * For evaluation: the image as it is, normalized.
   *
   * @param size height and width of an image in pixels
   */
  public static ImageDecoder evaluation(ImageInput input, int size) {
    return new ImageDecoder(ImageAugmentation.of(), input, size, 0);
  }

  @Override
  public int channels() {
    return RgbImage.CHANNELS;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int frames() {
    return 1;
  }

  @Override
  public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
    requireImage(payload, id);
    RandomStream random = RandomStream.of(seed, PURPOSE, epoch, id);
    byte[] image = augmented(payload, id, epoch, random);
    int plane = size * size;
    for (int i = 0; i < image.length; i++) {
      target[offset + i] = table[((i / plane) << 8) | (image[i] & 0xFF)];
    }
    if (augmentation.has(Transform.CUTOUT)) {
      cutOut(target, offset, random);
    }
  }

  @Override
  public Picture picture(byte[] payload, long id) {
    requireImage(payload, id);
    return Picture.ofImage(payload, size);
  }

  private void requireImage(byte[] payload, long id) {
    if (payload.length != length()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "sample %d: expected an image of %d bytes (%d × %d × %d), found %d",
              id,
              length(),
              RgbImage.CHANNELS,
              size,
              size,
              payload.length));
    }
  }

  private byte[] augmented(byte[] payload, long id, int epoch, RandomStream random) {
    int padding = augmentation.has(Transform.CROP) ? augmentation.padding(size) : 0;
    int dx = random.nextInt(2 * padding + 1) - padding;
    int dy = random.nextInt(2 * padding + 1) - padding;
    byte[] image = shifted(payload, dx, dy);
    if ((augmentation.has(Transform.FLIP) && random.nextBoolean())
        || (augmentation.has(Transform.ALTERNATING_FLIP) && isTurn(epoch, id))) {
      flip(image);
    }
    if (augmentation.has(Transform.AUTO_AUGMENT)) {
      AutoAugment.apply(new RgbImage(image, size, size), random);
    }
    return image;
  }

  /** Whether it is an epoch in which an image is flipped: every second one, from one drawn once. */
  private boolean isTurn(int epoch, long id) {
    return RandomStream.of(seed, FIRST_FLIP, id).nextBoolean() == (epoch % 2 == 0);
  }

  /** The crop whose upper left corner is at (dx, dy) of the image; black outside of it. */
  private byte[] shifted(byte[] payload, int dx, int dy) {
    byte[] image = new byte[payload.length];
    int width = size - Math.abs(dx);
    if (width <= 0) {
      return image;
    }
    for (int row = 0; row < RgbImage.CHANNELS * size; row++) {
      int y = row % size + dy;
      if (y >= 0 && y < size) {
        int from = (row + dy) * size + Math.max(dx, 0);
        System.arraycopy(payload, from, image, row * size + Math.max(-dx, 0), width);
      }
    }
    return image;
  }

  private void flip(byte[] image) {
    for (int row = 0; row < image.length; row += size) {
      for (int left = row, right = row + size - 1; left < right; left++, right--) {
        byte swapped = image[left];
        image[left] = image[right];
        image[right] = swapped;
      }
    }
  }

  /** A square around a uniformly drawn pixel, set to the mean (0 after normalization). */
  private void cutOut(float[] target, int offset, RandomStream random) {
    int centerY = random.nextInt(size);
    int centerX = random.nextInt(size);
    int half = ImageAugmentation.cutout(size) / 2;
    int left = Math.max(centerX - half, 0);
    int right = Math.min(centerX + half, size);
    int bottom = Math.min(centerY + half, size);
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int y = Math.max(centerY - half, 0); y < bottom; y++) {
        int row = offset + channel * size * size + y * size;
        Arrays.fill(target, row + left, row + right, 0f);
      }
    }
  }
}
