package org.qsnn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qsnn.deploy.IntegerBranch.Kind;

class WarmUpTest {
  /**
   * A method is compiled whole at this many calls, if its loops went round less often than this.
   */
  private static final int CALLS = 600;

  private static final int ROUNDS = 32_768;

  private static final long DEADLINE_MILLIS = 60_000;

  @Test
  void meetsAllKindsOfSums() {
    assertThat(WarmUp.network().layers())
        .flatExtracting(IntegerLayer::branches)
        .extracting(IntegerBranch::kind)
        .containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void hasLoopsSoShortThatMethodsAreCompiledWhole() {
    IntegerNetwork network = WarmUp.network();
    for (int i = 0; i < network.layers().size(); i++) {
      assertThat(new LayerRunner(i, network).length()).isBetween(32, ROUNDS / CALLS - 1);
    }
  }

  @Test
  void showsNeuronsThatFireAndOthers() {
    IntegerRunner runner = new IntegerRunner(WarmUp.network());
    Arena arena = runner.arena();
    runner.scores(WarmUp.input(), arena);
    for (int i = 0; i < runner.network().layers().size(); i++) {
      IntegerLayer layer = runner.network().layers().get(i);
      long neurons = (long) layer.channels() * layer.size() * layer.size();
      assertThat(arena.spikes(i, 1)).isBetween(1L, neurons - 1);
    }
  }

  @Test
  void ends() throws Exception {
    WarmUp warmUp = new WarmUp();
    warmUp.start();
    warmUp.join(DEADLINE_MILLIS);
    assertThat(warmUp.isAlive()).isFalse();
    assertThat(warmUp.isDaemon()).isTrue();
  }
}
