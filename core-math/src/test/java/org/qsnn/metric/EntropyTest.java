package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EntropyTest {
  @Test
  void isGreatestWhereHalfOfTheNeuronsSpike() {
    assertThat(Entropy.ofRate(0.5)).isEqualTo(1);
    assertThat(Entropy.ofRate(0.25)).isCloseTo(0.811278124459, within(1e-12));
    assertThat(Entropy.ofRate(0.75)).isCloseTo(Entropy.ofRate(0.25), within(1e-15));
  }

  @Test
  void isZeroWhereEverySpikeIsKnown() {
    assertThat(Entropy.ofRate(0)).isZero();
    assertThat(Entropy.ofRate(1)).isZero();
    assertThat(Entropy.ofRate(Double.MIN_VALUE)).isBetween(0.0, 1e-300);
  }

  @Test
  void refusesWhatIsNoRate() {
    assertThatThrownBy(() -> Entropy.ofRate(Double.NaN)).hasMessageContaining("found NaN");
    assertThatThrownBy(() -> Entropy.ofRate(1.5)).hasMessageContaining("found 1.5");
  }
}
