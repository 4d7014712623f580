package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpikeCountsTest {
  @Test
  void rateIsSpikesOverChancesAcrossBatches() {
    SpikeCounts counts = new SpikeCounts(2, 2);
    counts.add(0, new long[] {10, 30}, 100);
    counts.add(0, new long[] {50, 90}, 100);
    counts.add(1, new long[] {7, 0}, 7);

    assertThat(counts.rates(0)).containsExactly(0.3, 0.6);
    assertThat(counts.rates(1)).containsExactly(1, 0);
    assertThat(counts.rates()).containsExactly(0.45, 0.5);
    assertThat(counts.spikes(0)).isEqualTo(180);
  }

  @Test
  void countsBeyondTheRangeOfAFloatStayExact() {
    SpikeCounts counts = new SpikeCounts(1, 1);
    counts.add(0, new long[] {1L << 53}, 1L << 54);
    SpikeCounts one = new SpikeCounts(1, 1);
    one.add(0, new long[] {1}, 1);

    assertThat(counts.merge(one).spikes(0)).isEqualTo((1L << 53) + 1);
  }

  @Test
  void aLayerWithoutChancesIsSilent() {
    assertThat(new SpikeCounts(1, 2).rate(0)).isZero();
    assertThat(new SpikeCounts(1, 2).rates(0)).containsExactly(0, 0);
  }

  @Test
  void refusesMoreSpikesThanChances() {
    assertThatThrownBy(() -> new SpikeCounts(1, 2).add(0, new long[] {100, 101}, 100))
        .hasMessage("layer 0: expected 0…100 spikes, found 101");
  }

  @Test
  void refusesCountsOfAnotherShape() {
    assertThatThrownBy(() -> new SpikeCounts(1, 2).merge(new SpikeCounts(2, 2)))
        .hasMessage("spike counts: expected 1 layers, found 2");
    assertThatThrownBy(() -> new SpikeCounts(1, 2).merge(new SpikeCounts(1, 3)))
        .hasMessage("spike counts: expected 2 timesteps, found 3");
    assertThatThrownBy(() -> new SpikeCounts(1, 2).add(0, new long[3], 1))
        .hasMessage("spike counts: expected 2 timesteps, found 3");
  }
}
