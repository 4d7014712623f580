package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpikeCountsTest {
  @Test
  void rateIsSpikesOverChancesAcrossBatches() {
    SpikeCounts counts = new SpikeCounts(2);
    counts.add(0, 10, 100);
    counts.add(0, 50, 100);
    counts.add(1, 7, 7);

    assertThat(counts.rates()).containsExactly(0.3, 1);
    assertThat(counts.spikes(0)).isEqualTo(60);
  }

  @Test
  void countsBeyondTheRangeOfAFloatStayExact() {
    SpikeCounts counts = new SpikeCounts(1);
    counts.add(0, 1L << 53, 1L << 54);
    SpikeCounts one = new SpikeCounts(1);
    one.add(0, 1, 1);

    assertThat(counts.merge(one).spikes(0)).isEqualTo((1L << 53) + 1);
  }

  @Test
  void aLayerWithoutChancesIsSilent() {
    assertThat(new SpikeCounts(1).rate(0)).isZero();
  }

  @Test
  void refusesMoreSpikesThanChances() {
    assertThatThrownBy(() -> new SpikeCounts(1).add(0, 101, 100))
        .hasMessage("layer 0: expected 0…100 spikes, found 101");
    assertThatThrownBy(() -> new SpikeCounts(1).merge(new SpikeCounts(2)))
        .hasMessage("spike counts: expected 1 layers, found 2");
  }
}
