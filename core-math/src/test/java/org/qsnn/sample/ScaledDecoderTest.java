package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.model.ImageInput;

class ScaledDecoderTest {
  /** Gives back bytes as they are. */
  private static final ImageInput PLAIN =
      new ImageInput(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  @Test
  void aPixelOfHalfTheSizeIsTheMeanOfFour() {
    float[] out = decode(2, 4, 1, 2, 9, 9, 3, 4, 9, 9, 0, 0, 5, 5, 0, 0, 5, 7);
    assertThat(out).startsWith(2.5f, 9, 0, 5.5f).hasSize(12);
  }

  @Test
  void aPixelThatCoversPartsOfOthersWeighsThemByTheirArea() {
    // Each new pixel spans one and a half old ones: rows and columns weigh 2/3 and 1/3.
    float[] out = decode(2, 3, 9, 0, 0, 0, 0, 0, 0, 0, 9);
    assertThat(out[0]).isCloseTo(4, within(1e-5f));
    assertThat(out[1]).isZero();
    assertThat(out[2]).isZero();
    assertThat(out[3]).isCloseTo(4, within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 24, 31})
  void keepsTheMeanOfAnImage(int size) {
    byte[] image = ImageDecoderTest.image(32);
    float[] whole = new float[3072];
    ImageDecoder decoder = ImageDecoder.evaluation(PLAIN, 32);
    decoder.decode(image, 0, 0, 0, whole, 0);
    float[] scaled = new float[3 * size * size];
    ScaledDecoder.of(decoder, size).decode(image, 0, 0, 0, scaled, 0);
    assertThat(mean(scaled)).isCloseTo(mean(whole), within(1e-3));
  }

  @Test
  void writesAtTheOffsetAndNowhereElse() {
    float[] out = new float[3 * 4 + 5];
    Arrays.fill(out, -7);
    ScaledDecoder.of(ImageDecoder.evaluation(PLAIN, 4), 2).decode(new byte[48], 0, 0, 0, out, 2);
    assertThat(out).startsWith(-7, -7, 0).endsWith(0, -7, -7, -7);
  }

  @Test
  void theSameSizeIsTheDecoderItself() {
    SampleDecoder decoder = ImageDecoder.evaluation(PLAIN, 32);
    assertThat(ScaledDecoder.of(decoder, 32)).isSameAs(decoder);
  }

  @Test
  void refusesToEnlarge() {
    assertThatThrownBy(() -> ScaledDecoder.of(ImageDecoder.evaluation(PLAIN, 32), 33))
        .hasMessage("size to scale to: must be from 1 to 32; found 33");
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The first plane is the pixels, the others are black. */
  private static float[] decode(int size, int of, int... pixels) {
    byte[] image = new byte[3 * of * of];
    for (int i = 0; i < pixels.length; i++) {
      image[i] = (byte) pixels[i];
    }
    float[] out = new float[3 * size * size];
    ScaledDecoder.of(ImageDecoder.evaluation(PLAIN, of), size).decode(image, 0, 0, 0, out, 0);
    return out;
  }
}
