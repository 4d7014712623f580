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
    /**
     * Left and right swapped in every second epoch, beginning with half of the images (Jordan 2024,
     * arXiv 2404.00498): two epochs show each image both ways.
     */
    ALTERNATING_FLIP,
    /** AutoAugment's policy for CIFAR-10. */
    AUTO_AUGMENT,
    /** A square of {@link #cutout} pixels, clipped at the border, is set to the mean. */
    CUTOUT
  }

  private static final int USUAL = -1;

  private final int bits;
  private final int padding;

  private ImageAugmentation(int bits, int padding) {
    this.bits = bits;
    this.padding = padding;
  }

  public static ImageAugmentation of(Transform... transforms) {
    return of(Set.of(transforms));
  }

  public static ImageAugmentation of(Set<Transform> transforms) {
    return new ImageAugmentation(
        transforms.stream().mapToInt(transform -> 1 << transform.ordinal()).sum(), USUAL);
  }

  /**
   * The same with so many pixels on each side before a crop.
   *
   * @throws IllegalArgumentException if they are less than 0
   */
  public ImageAugmentation padded(int pixels) {
    if (pixels < 0) {
      throw new IllegalArgumentException(
          "padding before a crop: expected 0 pixels or more, found " + pixels);
    }
    return new ImageAugmentation(bits, pixels);
  }

  /** Pixels on each side before a crop; unless said, an eighth of the image, 4 of CIFAR's 32. */
  int padding(int size) {
    return padding == USUAL ? size / 8 : padding;
  }

  /** Height and width of what Cutout sets: half of the image, 16 of CIFAR's 32; an even number. */
  static int cutout(int size) {
    return size / 4 * 2;
  }

  public boolean has(Transform transform) {
    return (bits >> transform.ordinal() & 1) == 1;
  }
}
