package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;

class Int8QuantizerTest {
  private final Int8Quantizer quantizer = new Int8Quantizer();

  @Test
  void usesAllLevelsAndRoundsHalfToEven() {
    QuantizedTensor quantized = quantize(127, -127, 0.5f, 1.5f, 2.5f, -2.5f, 3.4f, 0);
    assertThat(quantized.floats()).containsExactly(127f);
    assertThat(quantized.codes()).containsExactly(127, -127, 0, 2, 2, -2, 3, 0);
  }

  @Test
  void theScaleIsTheLargestMagnitudeEvenOfANegativeWeight() {
    QuantizedTensor quantized = quantize(0.1f, -0.4f);
    assertThat(quantized.floats()).containsExactly(0.4f);
    assertThat(quantized.codes()).containsExactly(32, -127);
  }

  @Test
  void anAllZeroTensorHasScaleZero() {
    QuantizedTensor quantized = quantize(0, -0f, 0);
    assertThat(quantized.floats()).containsExactly(0f);
    assertThat(quantized.dequantize()).containsOnly(0f);
  }

  @Test
  void everyEffectiveWeightLiesWithinHalfALevel() {
    float[] latent = DirectionalDerivative.normal(500, 0.1, 1);
    QuantizedTensor quantized = quantize(latent);
    float[] effective = quantized.dequantize();
    double half = quantized.floats()[0] / 254.0 * (1 + 1e-5);
    for (int i = 0; i < latent.length; i++) {
      assertThat(Math.abs((double) effective[i] - latent[i])).isLessThanOrEqualTo(half);
    }
  }

  @Test
  void aNanReachesEveryEffectiveWeight() {
    assertThat(quantize(1, Float.NaN, 2).dequantize()).containsOnly(Float.NaN);
  }

  private QuantizedTensor quantize(float... latent) {
    Window window = ParameterLayout.builder().add("w", 1, latent.length).build().window("w");
    return quantizer.quantize(latent, window);
  }
}
