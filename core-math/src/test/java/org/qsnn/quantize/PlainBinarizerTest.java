package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qsnn.quantize.DirectionalDerivative.normal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;

class PlainBinarizerTest {
  private final PlainBinarizer binarizer = new PlainBinarizer();

  @Test
  void scalesSignsByTheMeanMagnitudeOfTheChannel() {
    float[] latent = {1, -2, 6, 0.25f, -0.5f, -0f};
    assertThat(binarizer.quantize(latent, window(2, 3)).dequantize())
        .containsExactly(3, -3, 3, 0.25f, -0.25f, 0.25f);
  }

  @Test
  void aZeroChannelStaysZeroAndHasNoGradient() {
    float[] latent = new float[4];
    assertThat(binarizer.quantize(latent, window(1, 4)).dequantize()).containsOnly(0f);
    float[] gradient = {1, 2, 3, 4};
    binarizer.backwardInPlace(latent, window(1, 4), new Annealing(10, 0.1f), gradient);
    assertThat(gradient).containsOnly(0f);
  }

  @ParameterizedTest
  @CsvSource({"10, 0.1", "1, 1", "1, 10"})
  void backwardIsTheDerivativeOfTheSmoothSign(float k, float t) {
    float[] latent = normal(30, 0.5, 21);
    float[] effectiveGradient = normal(30, 1, 22);
    QuantizedTensor quantized = binarizer.quantize(latent, window(3, 10));
    float[] gradient = effectiveGradient.clone();
    binarizer.backwardInPlace(latent, window(3, 10), new Annealing(k, t), gradient);

    DirectionalDerivative.check(
        weights -> {
          double sum = 0;
          for (int i = 0; i < 30; i++) {
            double smooth = k * StrictMath.tanh(t * weights[i]);
            sum += effectiveGradient[i] * smooth * quantized.floats()[i / 10];
          }
          return sum;
        },
        latent,
        gradient);
  }

  @Test
  void aNanReachesTheEffectiveWeightsAndTheGradientOfItsChannelOnly() {
    float[] latent = {1, Float.NaN, 3, 4};
    QuantizedTensor quantized = binarizer.quantize(latent, window(2, 2));
    assertThat(quantized.floats()[0]).isNaN();
    assertThat(quantized.floats()[1]).isEqualTo(3.5f);
    float[] gradient = {1, 1, 1, 1};
    binarizer.backwardInPlace(latent, window(2, 2), new Annealing(1, 1), gradient);
    assertThat(gradient[0]).isNaN();
    assertThat(gradient[2]).isFinite();
  }

  private static Window window(int channels, int fanIn) {
    return ParameterLayout.builder().add("w", channels, fanIn).build().window("w");
  }
}
