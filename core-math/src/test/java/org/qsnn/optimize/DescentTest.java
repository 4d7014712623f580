package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DescentTest {
  @Test
  void gradientWithALargeNormIsScaledDownToIt() {
    float[] gradient = {3, 0, -4};

    new Descent(Sgd.standard(), 0.1, 0, 2).clipInPlace(gradient);

    assertThat(gradient[0]).isCloseTo(1.2f, within(1e-6f));
    assertThat(gradient[1]).isZero();
    assertThat(gradient[2]).isCloseTo(-1.6f, within(1e-6f));
  }

  @Test
  void gradientWithASmallerNormKeepsItsBits() {
    float[] gradient = {3, 0.1f, -4};

    new Descent(Sgd.standard(), 0.1, 0, 5.1).clipInPlace(gradient);
    Descent.of(Sgd.standard(), 0.1).clipInPlace(gradient);

    assertThat(gradient).containsExactly(3, 0.1f, -4);
  }
}
