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
    /** A random crop of the original size after padding 4 black pixels. */
    CROP,
    /** Left and right swapped in half of the images. */
    FLIP,
    /** AutoAugment's policy for CIFAR-10. */
    AUTO_AUGMENT,
    /** A square of 16 pixels, clipped at the border, is set to the mean. */
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

  public boolean has(Transform transform) {
    return (bits >> transform.ordinal() & 1) == 1;
  }
}
