package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.model.Surrogate;
import org.qsnn.model.Surrogate.Form;
import org.qsnn.tensor.RandomStream;

class SurrogateGradientTest {
  private static final float[] SPECIAL = {
    0f, -0f, 1f, 2f, -1f, -20f, 1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
  };

  @ParameterizedTest
  @EnumSource
  void isTheDerivativeOfARiseFromZeroToOne(Form form) {
    for (float width : new float[] {0.3f, 1f, 2.5f}) {
      Surrogate surrogate = new Surrogate(form, width);
      float threshold = 0.7f;
      double step = 1e-4;
      for (float u = -2.03f; u < 3.6f; u += 0.07f) {
        double x = (double) u - threshold;
        double slope =
            (SmoothLif.primitive(surrogate, x + step) - SmoothLif.primitive(surrogate, x - step))
                / (2 * step);
        assertThat((double) at(surrogate, threshold, u)).isCloseTo(slope, within(1e-3));
      }
      assertThat(SmoothLif.primitive(surrogate, -1e9)).isCloseTo(0, within(1e-6));
      assertThat(SmoothLif.primitive(surrogate, 1e9)).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOneOverTheWidthAtTheThreshold(Form form) {
    for (float width : new float[] {0.25f, 1f, 4f}) {
      assertThat(at(new Surrogate(form, width), 1.5f, 1.5f)).isEqualTo(1 / width);
    }
  }

  /** With x = u − 1 = 0.5: the formulas that others give. */
  @ParameterizedTest
  @CsvSource({
    "TRIANGLE, 1, 0.5",
    "TRIANGLE, 2, 0.375",
    "TRIANGLE, 0.5, 0",
    "RECTANGLE, 1, 0",
    "RECTANGLE, 2, 0.5",
    // α / 2 / (1 + (π / 2 · α · x)²) with α = 2 and 1
    "ARCTANGENT, 1, 0.28840",
    "ARCTANGENT, 2, 0.30924",
    // α · σ(α · x) · (1 − σ(α · x)) with α = 4 and 2
    "SIGMOID, 1, 0.41997",
    "SIGMOID, 2, 0.39322"
  })
  void hasTheFieldsFormulas(Form form, float width, float slope) {
    assertThat(at(new Surrogate(form, width), 1f, 1.5f)).isCloseTo(slope, within(2e-5f));
  }

  @ParameterizedTest
  @EnumSource
  void vectorsAndPlainLoopsGiveTheSameBits(Form form) {
    RandomStream random = RandomStream.of(3, form.ordinal());
    for (int n : new int[] {0, 1, 7, 16, 33, 1024}) {
      for (float width : new float[] {1f, 0.4f, 30f}) {
        Surrogate surrogate = new Surrogate(form, width);
        float[] u = new float[n];
        for (int i = 0; i < n; i++) {
          u[i] =
              random.nextInt(4) == 0
                  ? SPECIAL[random.nextInt(SPECIAL.length)]
                  : (float) random.nextGaussian();
        }
        float[][] slopes = new float[2][n];
        new PlainSurrogateGradient(surrogate, 0.9f).compute(u, slopes[0], n);
        new VectorSurrogateGradient(surrogate, 0.9f).compute(u, slopes[1], n);
        assertThat(slopes[1]).isEqualTo(slopes[0]);
      }
    }
  }

  @Test
  void theDefaultHasTheBitsOfItsFirstFormula() {
    RandomStream random = RandomStream.of(4);
    float[] u = new float[1000];
    for (int i = 0; i < u.length; i++) {
      u[i] = (float) (2 * random.nextGaussian());
    }
    float[] slopes = new float[u.length];
    SurrogateGradient.best(Surrogate.PUBLISHED, 1f).compute(u, slopes, u.length);
    for (int i = 0; i < u.length; i++) {
      assertThat(slopes[i]).isEqualTo(Math.max(0f, 1f - Math.abs(u[i] - 1f)));
    }
  }

  @Test
  void aWidthThatIsNoneIsRefused() {
    for (float width : new float[] {0f, -1f, 1e4f, Float.NaN}) {
      assertThatThrownBy(() -> new Surrogate(Form.SIGMOID, width))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("surrogate width: must be 0.001 to 1000.0; found " + width);
    }
  }

  private static float at(Surrogate surrogate, float threshold, float u) {
    float[] slope = new float[1];
    SurrogateGradient.best(surrogate, threshold).compute(new float[] {u}, slope, 1);
    return slope[0];
  }
}
