package org.qsnn.job;

import java.util.EnumSet;
import java.util.Set;
import org.qsnn.config.DatasetSection.Augment;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.dataset.ImageAugmentation;
import org.qsnn.dataset.ImageAugmentation.Step;
import org.qsnn.dataset.ImageDecoder;
import org.qsnn.dataset.Normalization;
import org.qsnn.dataset.SampleDecoder;

/** How the samples of a configured dataset become input. */
final class Decoders {
  private Decoders() {}

  static SampleDecoder training(RunConfig config) {
    return ImageDecoder.training(
        ImageAugmentation.of(steps(config.dataset().augment())),
        normalization(config.dataset().kind()),
        config.run().seed());
  }

  static SampleDecoder evaluation(DatasetKind kind) {
    return ImageDecoder.evaluation(normalization(kind));
  }

  private static Normalization normalization(DatasetKind kind) {
    return switch (kind) {
      case SYNTHETIC -> Normalization.SYNTHETIC;
      case CIFAR10 -> Normalization.CIFAR10;
      case CIFAR100 -> Normalization.CIFAR100;
    };
  }

  private static Set<Step> steps(Augment augment) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    if (augment.crop()) {
      steps.add(Step.CROP);
    }
    if (augment.flip()) {
      steps.add(Step.FLIP);
    }
    if (augment.autoAugment()) {
      steps.add(Step.AUTO_AUGMENT);
    }
    if (augment.cutout()) {
      steps.add(Step.CUTOUT);
    }
    return steps;
  }
}
