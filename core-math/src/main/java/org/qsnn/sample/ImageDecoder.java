package org.qsnn.sample;

import java.util.Arrays;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.ImageAugmentation.Transform;
import org.qsnn.tensor.RandomStream;

/**
 * Decodes the 3,072 bytes of a CIFAR image: crop, flip and AutoAugment on bytes, then
 * normalization, then Cutout on the normalized values.
 */
public final class ImageDecoder implements SampleDecoder {
  private static final long serialVersionUID = 1L;

  /** Keeps these random numbers apart from others of the same seed. */
  private static final long PURPOSE = 0x6175676D656E74L;

  private static final int SIZE = CifarFormat.SIZE;
  private static final int PLANE = SIZE * SIZE;
  private static final int PADDING = 4;
  private static final int CUTOUT = 16;

  private final ImageAugmentation augmentation;
  private final long seed;

  /** The normalized value of each channel and byte. */
  private final float[] table = new float[RgbImage.CHANNELS * 256];

  private ImageDecoder(ImageAugmentation augmentation, ImageInput input, long seed) {
    this.augmentation = augmentation;
    this.seed = seed;
    for (int i = 0; i < table.length; i++) {
      table[i] = input.apply(i >> 8, i & 0xFF);
    }
  }

  /** For training: what is random is a function of (seed, epoch, id). */
  public static ImageDecoder training(ImageAugmentation augmentation, ImageInput input, long seed) {
    return new ImageDecoder(augmentation, input, seed);
  }

  /** For evaluation: the image as it is, normalized. */
  public static ImageDecoder evaluation(ImageInput input) {
    return new ImageDecoder(ImageAugmentation.of(), input, 0);
  }

  @Override
  public int channels() {
    return RgbImage.CHANNELS;
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public int frames() {
    return 1;
  }

  @Override
  public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
    if (payload.length != CifarFormat.PAYLOAD_BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "sample %d: expected an image of %d bytes, found %d",
              id,
              CifarFormat.PAYLOAD_BYTES,
              payload.length));
    }
    RandomStream random = RandomStream.of(seed, PURPOSE, epoch, id);
    byte[] image = augmented(payload, random);
    for (int i = 0; i < image.length; i++) {
      target[offset + i] = table[((i / PLANE) << 8) | (image[i] & 0xFF)];
    }
    if (augmentation.has(Transform.CUTOUT)) {
      cutOut(target, offset, random);
    }
  }

  private byte[] augmented(byte[] payload, RandomStream random) {
    int padding = augmentation.has(Transform.CROP) ? PADDING : 0;
    int dx = random.nextInt(2 * padding + 1) - padding;
    int dy = random.nextInt(2 * padding + 1) - padding;
    byte[] image = shifted(payload, dx, dy);
    if (augmentation.has(Transform.FLIP) && random.nextBoolean()) {
      flip(image);
    }
    if (augmentation.has(Transform.AUTO_AUGMENT)) {
      AutoAugment.apply(new RgbImage(image, SIZE, SIZE), random);
    }
    return image;
  }

  /** The crop whose upper left corner is at (dx, dy) of the image; black outside of it. */
  private static byte[] shifted(byte[] payload, int dx, int dy) {
    byte[] image = new byte[payload.length];
    int width = SIZE - Math.abs(dx);
    for (int row = 0; row < RgbImage.CHANNELS * SIZE; row++) {
      int y = row % SIZE + dy;
      if (y >= 0 && y < SIZE) {
        int from = (row + dy) * SIZE + Math.max(dx, 0);
        System.arraycopy(payload, from, image, row * SIZE + Math.max(-dx, 0), width);
      }
    }
    return image;
  }

  private static void flip(byte[] image) {
    for (int row = 0; row < image.length; row += SIZE) {
      for (int left = row, right = row + SIZE - 1; left < right; left++, right--) {
        byte swapped = image[left];
        image[left] = image[right];
        image[right] = swapped;
      }
    }
  }

  /** A square around a uniformly drawn pixel, set to the mean (0 after normalization). */
  private static void cutOut(float[] target, int offset, RandomStream random) {
    int centerY = random.nextInt(SIZE);
    int centerX = random.nextInt(SIZE);
    int left = Math.max(centerX - CUTOUT / 2, 0);
    int right = Math.min(centerX + CUTOUT / 2, SIZE);
    int bottom = Math.min(centerY + CUTOUT / 2, SIZE);
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int y = Math.max(centerY - CUTOUT / 2, 0); y < bottom; y++) {
        int row = offset + channel * PLANE + y * SIZE;
        Arrays.fill(target, row + left, row + right, 0f);
      }
    }
  }
}
