package org.qsnn.config;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.qsnn.frame.FrameAugmentation;
import org.qsnn.frame.FrameWarping;
import org.qsnn.sample.ImageAugmentation;
import org.qsnn.sample.ImageAugmentation.Transform;

/**
 * {@code dataset.augment.*}: what happens to training samples.
 *
 * @param padding in pixels before a crop; empty for an eighth of the image
 * @param flip of images and of event frames
 * @param flipOrder of images
 * @param roll largest number of pixels by which event frames are rolled
 * @param reverse probability that a recording runs backward
 * @param drop probability of each event to be left out
 * @param warping of event frames after that
 * @param unit what shares one draw of the changes of event frames
 */
public record AugmentSection(
    boolean crop,
    OptionalInt padding,
    boolean flip,
    FlipOrder flipOrder,
    boolean autoAugment,
    boolean cutout,
    int roll,
    double reverse,
    double drop,
    FrameWarping warping,
    FrameAugmentation.Unit unit) {
  /** {@code dataset.augment.flip-order} */
  public enum FlipOrder {
    RANDOM,
    ALTERNATING
  }

  private static final String PADDING = "dataset.augment.padding";

  static AugmentSection from(Settings settings) {
    return new AugmentSection(
        settings.flag("dataset.augment.crop"),
        padding(settings),
        settings.flag("dataset.augment.flip"),
        settings.constant("dataset.augment.flip-order", FlipOrder.values()),
        settings.flag("dataset.augment.auto-augment"),
        settings.flag("dataset.augment.cutout"),
        settings.integer("dataset.augment.roll", 0, 1024),
        share(settings, "dataset.augment.reverse"),
        share(settings, "dataset.augment.drop"),
        warping(settings),
        settings.constant("dataset.augment.unit", FrameAugmentation.Unit.values()));
  }

  private static OptionalInt padding(Settings settings) {
    return settings.text(PADDING).isPresent()
        ? OptionalInt.of(settings.integer(PADDING, 0, 256))
        : OptionalInt.empty();
  }

  private static FrameWarping warping(Settings settings) {
    return new FrameWarping(
        angle(settings, "dataset.augment.rotate", 180),
        angle(settings, "dataset.augment.shear", 60),
        settings.integer("dataset.augment.erase", 0, 1024),
        settings.constant("dataset.augment.choice", FrameWarping.Choice.values()));
  }

  private static double angle(Settings settings, String key, int most) {
    return settings.numberOrOff(
        key, "a number of degrees from 0 to " + most, x -> x >= 0 && x <= most);
  }

  private static double share(Settings settings, String key) {
    return settings.numberOrOff(key, "a number of at least 0 and below 1", x -> x >= 0 && x < 1);
  }

  /** The changes of images. */
  public ImageAugmentation images() {
    Set<Transform> transforms = EnumSet.noneOf(Transform.class);
    add(transforms, crop, Transform.CROP);
    add(transforms, flip && flipOrder == FlipOrder.RANDOM, Transform.FLIP);
    add(transforms, flip && flipOrder == FlipOrder.ALTERNATING, Transform.ALTERNATING_FLIP);
    add(transforms, autoAugment, Transform.AUTO_AUGMENT);
    add(transforms, cutout, Transform.CUTOUT);
    ImageAugmentation augmentation = ImageAugmentation.of(transforms);
    return padding.isPresent() ? augmentation.padded(padding.getAsInt()) : augmentation;
  }

  private static void add(Set<Transform> transforms, boolean isOn, Transform transform) {
    if (isOn) {
      transforms.add(transform);
    }
  }

  /** The changes of event frames. */
  public FrameAugmentation frames() {
    return new FrameAugmentation(unit, flip ? 0.5 : 0, roll, reverse, drop, warping);
  }
}
