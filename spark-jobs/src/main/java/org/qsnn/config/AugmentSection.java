package org.qsnn.config;

import java.util.EnumSet;
import java.util.Set;
import org.qsnn.dataset.ImageAugmentation;
import org.qsnn.dataset.ImageAugmentation.Step;
import org.qsnn.frame.FrameAugmentation;

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
    return settings.numberOrOff(key, "a number from 0, below 1", x -> x >= 0 && x < 1);
  }

  /** The changes of images. */
  public ImageAugmentation images() {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    add(steps, crop, Step.CROP);
    add(steps, flip, Step.FLIP);
    add(steps, autoAugment, Step.AUTO_AUGMENT);
    add(steps, cutout, Step.CUTOUT);
    return ImageAugmentation.of(steps);
  }

  private static void add(Set<Step> steps, boolean isOn, Step step) {
    if (isOn) {
      steps.add(step);
    }
  }

  /** The changes of event frames. */
  public FrameAugmentation frames() {
    return new FrameAugmentation(unit, flip ? 0.5 : 0, roll, reverse, drop);
  }
}
