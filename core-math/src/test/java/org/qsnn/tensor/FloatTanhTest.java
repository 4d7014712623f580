package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FloatTanhTest {
  private static final float[] TAILS = {
    FloatTanh.BOUND, 9, 20, 1e10f, Float.MAX_VALUE, Float.POSITIVE_INFINITY
  };

  @Test
  void agreesWithTheTrueTangentToAFewUnitsInTheLastPlace() {
    double worst = 0;
    for (float x = 1e-6f; x < 10; x += Math.max(x * 1e-4f, Math.ulp(x))) {
      double expected = StrictMath.tanh(x);
      worst = Math.max(worst, Math.abs(FloatTanh.tanh(x) - expected) / expected);
    }
    assertThat(worst).isLessThan(4e-7);
  }

  @Test
  void isOddToTheBit() {
    for (float x = 0; x < 12; x += 0.00173f) {
      assertThat(FloatTanh.tanh(-x)).isEqualTo(-FloatTanh.tanh(x));
    }
  }

  @Test
  void neverLeavesMinusOneToOne() {
    for (float x = 4; x < FloatTanh.BOUND + 1; x += 2e-6f) {
      assertThat(FloatTanh.tanh(x) <= 1f).isTrue();
    }
    for (float x : TAILS) {
      assertThat(FloatTanh.tanh(x)).isLessThanOrEqualTo(1f).isCloseTo(1f, within(3e-7f));
      assertThat(FloatTanh.tanh(-x)).isGreaterThanOrEqualTo(-1f).isCloseTo(-1f, within(3e-7f));
    }
  }

  @Test
  void isZeroAtZeroAndNanForNan() {
    assertThat(FloatTanh.tanh(0f)).isZero();
    assertThat(FloatTanh.tanh(Float.MIN_VALUE)).isGreaterThanOrEqualTo(0f);
    assertThat(FloatTanh.tanh(Float.NaN)).isNaN();
  }
}
