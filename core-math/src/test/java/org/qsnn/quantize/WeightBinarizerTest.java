package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.qsnn.quantize.DirectionalDerivative.normal;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.WeightScheme;
import org.qsnn.model.WeightScheme.Standardized;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;

class WeightBinarizerTest {
  private static final Annealing MIDDLE = new Annealing(1, 1);

  private final WeightBinarizer binarizer = new WeightBinarizer(WeightScheme.REGULATED);

  @Test
  void computesATraceThatAPocketCalculatorChecks() {
    // mean 2, deviations −1 −1 −1 3, std 2, z −½ −½ −½ 1½, mean|z| ¾, log2 −0.415 → 0
    // second channel: mean 0, deviations ±1, std √(4/3), mean|z| 0.866 → 0
    float[] latent = {1, 1, 1, 5, 1, -1, -1, 1};
    QuantizedTensor quantized = binarizer.quantize(latent, window(2, 4));
    assertThat(quantized.exponents()).containsExactly(0, 0);
    assertThat(quantized.dequantize()).containsExactly(-1, -1, -1, 1, 1, -1, -1, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "0.7072, 0",
    "0.70710678118654757, 0",
    "0.7071, -1",
    "0.36, -1",
    "0.35, -2",
    "0.25, -2",
    "0.0039, -8",
    "1e-9, -8",
    "0, -8",
    "NaN, -8"
  })
  void theExponentIsTheRoundedLogarithmWithAFloor(double magnitude, int exponent) {
    assertThat(WeightBinarizer.exponent(magnitude)).isEqualTo(exponent);
  }

  @Test
  void theExponentEqualsTheRoundedLogarithmEverywhere() {
    for (double magnitude = 0.004; magnitude < 2; magnitude *= 1.00037) {
      long expected = Math.round(StrictMath.log(magnitude) / StrictMath.log(2));
      assertThat(WeightBinarizer.exponent(magnitude)).isEqualTo((int) expected);
    }
  }

  @Test
  void aConstantChannelIsPositiveWithTheSmallestExponentAndHasNoGradient() {
    float[] latent = {0.1f, 0.1f, 0.1f, 0, 0, 0, -0f, -0f, -0f, 1, 2, 3};
    QuantizedTensor quantized = binarizer.quantize(latent, window(4, 3));
    float tiny = 1 / 256f;
    assertThat(Arrays.copyOf(quantized.dequantize(), 9))
        .containsExactly(tiny, tiny, tiny, tiny, tiny, tiny, tiny, tiny, tiny);
    float[] gradient = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13};
    binarizer.backwardInPlace(latent, window(4, 3), MIDDLE, gradient);
    assertThat(Arrays.copyOf(gradient, 9)).containsOnly(0f);
    assertThat(Arrays.copyOfRange(gradient, 9, 12)).doesNotContain(0f);
  }

  @Test
  void aChannelWithOneWeightIsPositiveAndHasNoGradient() {
    float[] latent = {0.3f, -0.3f};
    QuantizedTensor quantized = binarizer.quantize(latent, window(2, 1));
    assertThat(quantized.dequantize()).containsExactly(1 / 256f, 1 / 256f);
    float[] gradient = {1, 2};
    binarizer.backwardInPlace(latent, window(2, 1), MIDDLE, gradient);
    assertThat(gradient).containsExactly(0, 0);
  }

  @Test
  void twoWeightsLieOnTheTieAndRoundToEven() {
    float[] latent = {0.3f, 0.7f, 0.011f, -0.3f};
    assertThat(binarizer.quantize(latent, window(2, 2)).exponents()).containsExactly(0, 0);
  }

  @Test
  void aWeightEqualToTheMeanIsPositive() {
    assertThat(binarizer.quantize(new float[] {-1, 0, 1}, window(1, 3)).dequantize()[1])
        .isPositive();
    assertThat(binarizer.quantize(new float[] {-1, -0f, 1}, window(1, 3)).dequantize()[1])
        .isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "3, 5", "5, 9", "2, 16", "4, 27"})
  void packsChannelsThatCrossBytes(int channels, int fanIn) {
    float[] latent = normal(channels * fanIn, 1, 5);
    QuantizedTensor quantized = binarizer.quantize(latent, window(channels, fanIn));
    float[] effective = quantized.dequantize();
    for (int i = 0; i < latent.length; i++) {
      int from = i / fanIn * fanIn;
      float mean = Standardization.of(latent, from, from + fanIn).mean();
      assertThat(effective[i] > 0).isEqualTo(latent[i] >= mean);
    }
  }

  @Test
  void neitherShiftNorScaleOfAChannelChangesItsEffectiveWeights() {
    float[] latent = normal(4 * 27, 0.05, 3);
    float[] moved = latent.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = 4 * moved[i] + 0.5f;
    }
    assertThat(binarizer.quantize(moved, window(4, 27)).dequantize())
        .isEqualTo(binarizer.quantize(latent, window(4, 27)).dequantize());
  }

  static Stream<Arguments> schemesAndAnnealings() {
    return Arrays.stream(WeightScheme.values())
        .filter(scheme -> scheme.standardized() != Standardized.NOT)
        .flatMap(
            scheme ->
                Stream.of(
                        new Annealing(10, 0.1f),
                        new Annealing(1, 1),
                        new Annealing(1, 3),
                        new Annealing(1, 10))
                    .map(annealing -> Arguments.of(scheme, annealing)));
  }

  @ParameterizedTest
  @MethodSource("schemesAndAnnealings")
  void backwardIsTheDerivativeOfTheSmoothSign(WeightScheme scheme, Annealing annealing) {
    int channels = 3;
    int fanIn = 18;
    float[] latent = normal(channels * fanIn, 0.5, 11);
    float[] effectiveGradient = normal(channels * fanIn, 1, 12);
    WeightBinarizer any = new WeightBinarizer(scheme);
    QuantizedTensor quantized = any.quantize(latent, window(channels, fanIn));
    float[] gradient = effectiveGradient.clone();
    any.backwardInPlace(latent, window(channels, fanIn), annealing, gradient);

    int standardized = scheme.standardized() == Standardized.BY_LAYER ? channels * fanIn : fanIn;
    DirectionalDerivative.check(
        weights -> smooth(weights, standardized, annealing, quantized, effectiveGradient),
        latent,
        gradient);
  }

  @Test
  void theLayersMeanAndDeviationAreOneAndItsScalesAreTheChannelsMeans() {
    // mean 0, std √(16/5) = 1.79, mean|z| 1.12, 0, 1.12; log2 0.16 → 0
    float[] latent = {2, -2, 0, 0, 2, -2};
    Window window = window(3, 2);
    double std = Math.sqrt(16 / 5.0);

    QuantizedTensor mean =
        new WeightBinarizer(WeightScheme.LAYER_REGULATED_MEAN).quantize(latent, window);
    QuantizedTensor power =
        new WeightBinarizer(WeightScheme.LAYER_REGULATED).quantize(latent, window);

    assertThat(mean.floats())
        .containsExactly(new float[] {(float) (2 / std), 0f, (float) (2 / std)}, within(1e-6f));
    assertThat(power.exponents()).containsExactly(0, -8, 0);
    assertThat(power.dequantize()).containsExactly(1, -1, 1 / 256f, 1 / 256f, 1, -1);
  }

  @Test
  void aConstantLayerHasNoGradient() {
    WeightBinarizer byLayer = new WeightBinarizer(WeightScheme.LAYER_REGULATED_MEAN);
    float[] latent = {3, 3, 3, 3};

    assertThat(byLayer.quantize(latent, window(2, 2)).dequantize()).containsOnly(0f);
    float[] gradient = {1, 2, 3, 4};
    byLayer.backwardInPlace(latent, window(2, 2), MIDDLE, gradient);
    assertThat(gradient).containsOnly(0f);
  }

  @Test
  void aNanReachesTheGradientOfItsChannelOnly() {
    float[] latent = {1, Float.NaN, 3, 4, 1, 2, 3, 5};
    QuantizedTensor quantized = binarizer.quantize(latent, window(2, 4));
    assertThat(quantized.exponents()).containsExactly(-8, 0);
    float[] gradient = {1, 1, 1, 2, 1, 1, 1, 2};
    binarizer.backwardInPlace(latent, window(2, 4), MIDDLE, gradient);
    for (int i = 0; i < 8; i++) {
      assertThat(Float.isNaN(gradient[i])).isEqualTo(i < 4);
    }
  }

  @Test
  void touchesNothingOutsideItsWindow() {
    ParameterLayout layout =
        ParameterLayout.builder().add("a", 2).add("w", 2, 3).add("b", 1).build();
    float[] latent = {9, 9, 1, 2, 4, 3, 1, 1, 9};
    float[] gradient = {7, 7, 1, 2, 3, 1, 2, 3, 7};
    binarizer.backwardInPlace(latent, layout.window("w"), MIDDLE, gradient);
    assertThat(new float[] {gradient[0], gradient[1], gradient[8]}).containsOnly(7f);
    assertThat(binarizer.quantize(latent, layout.window("w")).dequantize())
        .containsExactly(-1, -1, 1, 1, -1, -1);
  }

  /** Σ g · k · tanh(t·z) · |ŵ| in double precision: what the backward is the derivative of. */
  private static double smooth(
      double[] weights,
      int standardized,
      Annealing annealing,
      QuantizedTensor quantized,
      float[] gradient) {
    double sum = 0;
    int fanIn = weights.length / quantized.shape()[0];
    for (int from = 0; from < weights.length; from += standardized) {
      double[] part = Arrays.copyOfRange(weights, from, from + standardized);
      double mean = Arrays.stream(part).average().orElseThrow();
      double squares = Arrays.stream(part).map(w -> (w - mean) * (w - mean)).sum();
      double deviation = Math.sqrt(squares / (standardized - 1));
      for (int i = 0; i < standardized; i++) {
        double z = (part[i] - mean) / deviation;
        double scale = quantized.scale((from + i) / fanIn);
        double smooth = annealing.k() * StrictMath.tanh(annealing.t() * z);
        sum += gradient[from + i] * smooth * scale;
      }
    }
    return sum;
  }

  private static Window window(int channels, int fanIn) {
    return ParameterLayout.builder().add("w", channels, fanIn).build().window("w");
  }
}
