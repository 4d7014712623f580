package org.qsnn.config;

import java.util.EnumSet;
import java.util.Set;
import org.qsnn.frame.FrameAugmentation;
import org.qsnn.sample.ImageAugmentation;
import org.qsnn.sample.ImageAugmentation.Transform;

/**
 * {@code dataset.augment.*}: what happens to training samples.
 *
 * @param flip of images and of event frames
 * @param roll largest number of pixels by which event frames are rolled
 * @param reverse probability that a recording runs backward
 * @param drop probability of each event to be left out
 * @param unit what shares one draw of the changes of event frames
 */
public record AugmentSection(
    boolean crop,
    boolean flip,
    boolean autoAugment,
    boolean cutout,
    int roll,
    double reverse,
    double drop,
    FrameAugmentation.Unit unit) {

  static AugmentSection from(Settings settings) {
    return new AugmentSection(
        settings.flag("dataset.augment.crop"),
        settings.flag("dataset.augment.flip"),
        settings.flag("dataset.augment.auto-augment"),
        settings.flag("dataset.augment.cutout"),
        settings.integer("dataset.augment.roll", 0, 1024),
        share(settings, "dataset.augment.reverse"),
        share(settings, "dataset.augment.drop"),
        settings.constant("dataset.augment.unit", FrameAugmentation.Unit.values()));
  }

  private static double share(Settings settings, String key) {
    return settings.numberOrOff(key, "a number of at least 0 and below 1", x -> x >= 0 && x < 1);
  }

  /** The changes of images. */
  public ImageAugmentation images() {
    Set<Transform> transforms = EnumSet.noneOf(Transform.class);
    add(transforms, crop, Transform.CROP);
    add(transforms, flip, Transform.FLIP);
    add(transforms, autoAugment, Transform.AUTO_AUGMENT);
    add(transforms, cutout, Transform.CUTOUT);
    return ImageAugmentation.of(transforms);
  }

  private static void add(Set<Transform> transforms, boolean isOn, Transform transform) {
    if (isOn) {
      transforms.add(transform);
    }
  }

  /** The changes of event frames. */
  public FrameAugmentation frames() {
    return new FrameAugmentation(unit, flip ? 0.5 : 0, roll, reverse, drop);
  }
}
