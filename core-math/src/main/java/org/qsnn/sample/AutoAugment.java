package org.qsnn.sample;

import static org.qsnn.sample.ImageOperation.AUTOCONTRAST;
import static org.qsnn.sample.ImageOperation.BRIGHTNESS;
import static org.qsnn.sample.ImageOperation.COLOR;
import static org.qsnn.sample.ImageOperation.CONTRAST;
import static org.qsnn.sample.ImageOperation.EQUALIZE;
import static org.qsnn.sample.ImageOperation.INVERT;
import static org.qsnn.sample.ImageOperation.POSTERIZE;
import static org.qsnn.sample.ImageOperation.ROTATE;
import static org.qsnn.sample.ImageOperation.SHARPNESS;
import static org.qsnn.sample.ImageOperation.SHEAR_Y;
import static org.qsnn.sample.ImageOperation.SOLARIZE;
import static org.qsnn.sample.ImageOperation.TRANSLATE_X;
import static org.qsnn.sample.ImageOperation.TRANSLATE_Y;

import java.util.List;
import org.qsnn.tensor.RandomStream;

/**
 * The CIFAR-10 policy of AutoAugment (Cubuk et al., CVPR 2019, table 7): one of 25 sub-policies is
 * drawn for an image; each of its two operations is applied with its own probability.
 */
final class AutoAugment {

  /** One operation, with which probability, at which level 0 … 9. */
  record Application(ImageOperation operation, double probability, int level) {

    void apply(RgbImage image, RandomStream random) {
      if (random.nextDouble() < probability) {
        double value = operation.value(level);
        boolean negative = operation.hasRandomSign() && random.nextBoolean();
        operation.apply(image, negative ? -value : value);
      }
    }
  }

  record SubPolicy(Application first, Application second) {
    private SubPolicy(
        ImageOperation first,
        double firstProbability,
        int firstLevel,
        ImageOperation second,
        double secondProbability,
        int secondLevel) {
      this(
          new Application(first, firstProbability, firstLevel),
          new Application(second, secondProbability, secondLevel));
    }
  }

  static final List<SubPolicy> CIFAR10 =
      List.of(
          new SubPolicy(INVERT, 0.1, 7, CONTRAST, 0.2, 6),
          new SubPolicy(ROTATE, 0.7, 2, TRANSLATE_X, 0.3, 9),
          new SubPolicy(SHARPNESS, 0.8, 1, SHARPNESS, 0.9, 3),
          new SubPolicy(SHEAR_Y, 0.5, 8, TRANSLATE_Y, 0.7, 9),
          new SubPolicy(AUTOCONTRAST, 0.5, 8, EQUALIZE, 0.9, 2),
          new SubPolicy(SHEAR_Y, 0.2, 7, POSTERIZE, 0.3, 7),
          new SubPolicy(COLOR, 0.4, 3, BRIGHTNESS, 0.6, 7),
          new SubPolicy(SHARPNESS, 0.3, 9, BRIGHTNESS, 0.7, 9),
          new SubPolicy(EQUALIZE, 0.6, 5, EQUALIZE, 0.5, 1),
          new SubPolicy(CONTRAST, 0.6, 7, SHARPNESS, 0.6, 5),
          new SubPolicy(COLOR, 0.7, 7, TRANSLATE_X, 0.5, 8),
          new SubPolicy(EQUALIZE, 0.3, 7, AUTOCONTRAST, 0.4, 8),
          new SubPolicy(TRANSLATE_Y, 0.4, 3, SHARPNESS, 0.2, 6),
          new SubPolicy(BRIGHTNESS, 0.9, 6, COLOR, 0.2, 8),
          new SubPolicy(SOLARIZE, 0.5, 2, INVERT, 0.0, 3),
          new SubPolicy(EQUALIZE, 0.2, 0, AUTOCONTRAST, 0.6, 0),
          new SubPolicy(EQUALIZE, 0.2, 8, EQUALIZE, 0.8, 4),
          new SubPolicy(COLOR, 0.9, 9, EQUALIZE, 0.6, 6),
          new SubPolicy(AUTOCONTRAST, 0.8, 4, SOLARIZE, 0.2, 8),
          new SubPolicy(BRIGHTNESS, 0.1, 3, COLOR, 0.7, 0),
          new SubPolicy(SOLARIZE, 0.4, 5, AUTOCONTRAST, 0.9, 3),
          new SubPolicy(TRANSLATE_Y, 0.9, 9, TRANSLATE_Y, 0.7, 9),
          new SubPolicy(AUTOCONTRAST, 0.9, 2, SOLARIZE, 0.8, 3),
          new SubPolicy(EQUALIZE, 0.8, 8, INVERT, 0.1, 3),
          new SubPolicy(TRANSLATE_Y, 0.7, 9, AUTOCONTRAST, 0.9, 1));

  private AutoAugment() {}

  /** Applies a random sub-policy in place. */
  static void apply(RgbImage image, RandomStream random) {
    SubPolicy policy = CIFAR10.get(random.nextInt(CIFAR10.size()));
    policy.first().apply(image, random);
    policy.second().apply(image, random);
  }
}
