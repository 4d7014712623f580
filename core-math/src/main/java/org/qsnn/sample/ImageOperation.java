package org.qsnn.sample;

import java.util.function.IntToDoubleFunction;
import org.qsnn.EnumKey;

/**
 * The operations of AutoAugment, computed as Pillow computes them, with the value that belongs to
 * each of the ten levels (AutoAugment's appendix; magnitudes of the usual implementation).
 */
enum ImageOperation {
  SHEAR_X(upTo(0.3), true, GeometricOperation::shearX),
  SHEAR_Y(upTo(0.3), true, GeometricOperation::shearY),
  TRANSLATE_X(upTo(150.0 / 331), true, GeometricOperation::translateX),
  TRANSLATE_Y(upTo(150.0 / 331), true, GeometricOperation::translateY),
  ROTATE(upTo(30), false, GeometricOperation::rotate),
  AUTOCONTRAST(level -> 0, false, (image, value) -> ToneOperation.autocontrast(image)),
  EQUALIZE(level -> 0, false, (image, value) -> ToneOperation.equalize(image)),
  INVERT(level -> 0, false, (image, value) -> ToneOperation.invert(image)),
  POSTERIZE(
      level -> Math.rint(8 - level * 4.0 / 9),
      false,
      (image, value) -> ToneOperation.posterize(image, (int) value)),
  SOLARIZE(level -> 256 - level * 256.0 / 9, false, ToneOperation::solarize),
  COLOR(upTo(0.9), true, (image, value) -> EnhanceOperation.color(image, 1 + value)),
  BRIGHTNESS(upTo(0.9), true, (image, value) -> EnhanceOperation.brightness(image, 1 + value)),
  CONTRAST(upTo(0.9), true, (image, value) -> EnhanceOperation.contrast(image, 1 + value)),
  SHARPNESS(upTo(0.9), true, (image, value) -> EnhanceOperation.sharpness(image, 1 + value));

  private final IntToDoubleFunction valueOfLevel;
  private final boolean randomSign;
  private final Kernel kernel;

  ImageOperation(IntToDoubleFunction valueOfLevel, boolean randomSign, Kernel kernel) {
    this.valueOfLevel = valueOfLevel;
    this.randomSign = randomSign;
    this.kernel = kernel;
  }

  private interface Kernel {
    void apply(RgbImage image, double value);
  }

  /** Ten equal steps from 0 at level 0 to the maximum at level 9. */
  private static IntToDoubleFunction upTo(double maximum) {
    return level -> level * maximum / 9;
  }

  /** The magnitude that a policy's level 0 … 9 means; 0 for an operation that has none. */
  double value(int level) {
    return valueOfLevel.applyAsDouble(level);
  }

  /** Whether a policy applies the value with a random sign. */
  boolean hasRandomSign() {
    return randomSign;
  }

  /** Changes the image in place. */
  void apply(RgbImage image, double value) {
    kernel.apply(image, value);
  }

  /** The name in kebab case, for example {@code shear-x}. */
  @Override
  public String toString() {
    return EnumKey.of(this);
  }
}
