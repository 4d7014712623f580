package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnnealedSignTest {
  @Test
  void isTheDerivativeOfTheTangentWithRelativeAccuracyFarIntoTheTails() {
    double worst = 0;
    for (float x = 1e-6f; x <= 20; x += Math.max(x * 1e-4f, Math.ulp(x))) {
      double cosh = StrictMath.cosh(x);
      worst = Math.max(worst, Math.abs(AnnealedSign.derivative(x) * cosh * cosh - 1));
    }
    assertThat(worst).isLessThan(4e-6);
  }

  @Test
  void isEvenOneAtZeroAndNegligibleFarOut() {
    assertThat(AnnealedSign.derivative(0)).isEqualTo(1f);
    assertThat(AnnealedSign.derivative(-1.3f)).isEqualTo(AnnealedSign.derivative(1.3f));
    assertThat(AnnealedSign.derivative(Float.POSITIVE_INFINITY)).isBetween(0f, 2e-17f);
    assertThat(AnnealedSign.derivative(-1e30f)).isBetween(0f, 2e-17f);
  }

  @Test
  void passesNanOn() {
    assertThat(AnnealedSign.derivative(Float.NaN)).isNaN();
  }
}
