package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageOperationTest {

  @ParameterizedTest
  @EnumSource
  void anImageOfOneColorHasNoContrastToWorkOn(ImageOperation operation) {
    byte[] gray = new byte[3 * 6 * 5];
    Arrays.fill(gray, (byte) 128);
    operation.apply(new RgbImage(gray, 6, 5), operation.value(9));
    int expected =
        switch (operation) {
          case INVERT, SOLARIZE -> 127;
          case BRIGHTNESS -> 243;
          default -> 128;
        };
    assertThat(gray).containsOnly(expected);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"AUTOCONTRAST", "EQUALIZE", "INVERT"},
      mode = EnumSource.Mode.EXCLUDE)
  void levelZeroChangesNothing(ImageOperation operation) {
    byte[] values = ramp(6, 5);
    operation.apply(new RgbImage(values, 6, 5), operation.value(0));
    assertThat(values).isEqualTo(ramp(6, 5));
  }

  @Test
  void translationTakesFromTheRightAndFillsWithGray() {
    byte[] values = ramp(4, 1);
    ImageOperation.TRANSLATE_X.apply(new RgbImage(values, 4, 1), 0.25);
    byte[] ramp = ramp(4, 1);
    assertThat(Arrays.copyOf(values, 4)).containsExactly(ramp[1], ramp[2], ramp[3], 128);
  }

  @Test
  void rotationByNinetyDegreesIsCounterclockwise() {
    byte[] values = ramp(2, 2);
    ImageOperation.ROTATE.apply(new RgbImage(values, 2, 2), 90);
    byte[] ramp = ramp(2, 2);
    assertThat(Arrays.copyOf(values, 4)).containsExactly(ramp[1], ramp[3], ramp[0], ramp[2]);
  }

  @ParameterizedTest
  @CsvSource({"8, 255", "4, 240", "1, 128"})
  void posterizeKeepsTheHighestBits(int bits, int expected) {
    byte[] white = {-1, -1, -1};
    ImageOperation.POSTERIZE.apply(new RgbImage(white, 1, 1), bits);
    assertThat(white).containsOnly(expected);
  }

  private static byte[] ramp(int width, int height) {
    byte[] values = new byte[3 * width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (10 + 2 * i);
    }
    return values;
  }
}
