package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.tensor.FloatTanh;

class MembraneQuantizerTest {
  @Test
  void twoBitsAreThreeLevels() {
    float[] membrane = {-3, -0.2f, 0, 0.2f, 0.9f};
    float scale = MembraneQuantizer.scale(membrane);
    assertThat(scale).isEqualTo(FloatTanh.tanh(3));
    assertThat(new MembraneQuantizer(2).quantize(membrane, scale))
        .usingComparatorWithPrecision(0f)
        .containsExactly(-scale, 0, 0, 0, scale);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void hasTwoToTheBitsMinusOneLevelsAndErrsByHalfAStepAtMost(int bits) {
    float[] membrane = new float[4001];
    for (int i = 0; i < membrane.length; i++) {
      membrane[i] = (i - 2000) / 700f;
    }
    float scale = MembraneQuantizer.scale(membrane);
    MembraneQuantizer quantizer = new MembraneQuantizer(bits);
    float[] quantized = quantizer.quantize(membrane, scale);
    double[] levels = new double[quantized.length];
    for (int i = 0; i < quantized.length; i++) {
      levels[i] = quantized[i] + 0.0;
      assertThat(quantized[i])
          .isCloseTo(FloatTanh.tanh(membrane[i]), within(0.5001f * scale / quantizer.levels()));
    }
    assertThat(Arrays.stream(levels).distinct().count()).isEqualTo((1 << bits) - 1);
  }

  @Test
  void halfALevelRoundsToEven() {
    // a scale of 2·n·|tanh h| puts h exactly half a level above zero
    float v = FloatTanh.tanh(0.5f);
    float[] membrane = {0.5f};
    assertThat(new MembraneQuantizer(2).quantize(membrane, 2 * v)).containsExactly(0f);
    assertThat(new MembraneQuantizer(4).quantize(membrane, 14 * v)[0]).isZero();
  }

  @Test
  void clampsToAStoredScale() {
    assertThat(new MembraneQuantizer(4).quantize(new float[] {-5, 5}, 0.25f))
        .usingComparatorWithPrecision(1e-7f)
        .containsExactly(-0.25f, 0.25f);
  }

  @Test
  void aSilentLayerStaysZero() {
    float[] membrane = {0, -0f, 0};
    assertThat(MembraneQuantizer.scale(membrane)).isZero();
    assertThat(new MembraneQuantizer(8).quantize(membrane, 0)).containsOnly(0f);
    assertThat(new MembraneQuantizer(8).quantize(new float[] {0.3f}, 0)).containsExactly(0f);
  }

  @Test
  void backwardIsTheDerivativeOfTheTangent() {
    float[] membrane = DirectionalDerivative.normal(40, 1, 31);
    float[] gradient = DirectionalDerivative.normal(40, 1, 32);
    DirectionalDerivative.check(
        h -> {
          double sum = 0;
          for (int i = 0; i < h.length; i++) {
            sum += gradient[i] * StrictMath.tanh(h[i]);
          }
          return sum;
        },
        membrane,
        new MembraneQuantizer(4).backward(membrane, gradient));
  }

  @Test
  void aFloatMembraneIsLeftAlone() {
    MembraneQuantizer quantizer = new MembraneQuantizer(32);
    float[] membrane = {0.3f, -7};
    assertThat(quantizer.quantize(membrane, 1)).isEqualTo(membrane).isNotSameAs(membrane);
    assertThat(quantizer.backward(membrane, new float[] {1, 2})).containsExactly(1, 2);
  }

  @Test
  void aNanReachesTheScaleAndEveryMembrane() {
    float[] membrane = {0.3f, Float.NaN, 0.1f};
    float scale = MembraneQuantizer.scale(membrane);
    assertThat(scale).isNaN();
    assertThat(new MembraneQuantizer(8).quantize(membrane, scale)).containsOnly(Float.NaN);
  }

  @Test
  void refusesOtherWidths() {
    assertThatThrownBy(() -> new MembraneQuantizer(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("membrane bits must be 2, 4, 8 or 32; found 3");
  }
}
