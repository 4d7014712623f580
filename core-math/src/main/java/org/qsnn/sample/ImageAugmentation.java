package org.qsnn.sample;

import java.io.Serializable;
import java.util.Set;

/**
 * Which random changes a training image goes through. It travels to executors, so the set is kept
 * as bits.
 */
public final class ImageAugmentation implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The transforms, in the order in which they are applied. */
  public enum Transform {
    /** A random crop of the original size after padding by {@link #padding} black pixels. */
    CROP,
    /** Left and right swapped in half of the images. */
    FLIP,
    /** AutoAugment's policy for CIFAR-10. */
    AUTO_AUGMENT,
    /** A square of {@link #cutout} pixels, clipped at the border, is set to the mean. */
    CUTOUT
  }

  private final int bits;

  private ImageAugmentation(int bits) {
    this.bits = bits;
  }

  public static ImageAugmentation of(Transform... transforms) {
    return of(Set.of(transforms));
  }

  public static ImageAugmentation of(Set<Transform> transforms) {
    return new ImageAugmentation(
        transforms.stream().mapToInt(transform -> 1 << transform.ordinal()).sum());
  }

  /** Pixels on each side before a crop: an eighth of the image, 4 of CIFAR's 32. */
  static int padding(int size) {
    return size / 8;
  }

  /** Height and width of what Cutout sets: half of the image, 16 of CIFAR's 32; an even number. */
  static int cutout(int size) {
    return size / 4 * 2;
  }

  public boolean has(Transform transform) {
    return (bits >> transform.ordinal() & 1) == 1;
  }
}
