package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;

class BatchPlanTest {
  private final BatchPlan plan = new BatchPlan(1, 4);

  @ParameterizedTest
  @CsvSource({"8, 2, 1", "15, 2, 1", "16, 2, 2", "17, 2, 2", "4, 1, 1", "103, 5, 5"})
  void dropsAnIncompleteLastBatch(long samples, int shards, int steps) {
    assertThat(plan.steps(samples, shards)).isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource({"16, 2", "17, 2", "23, 2", "41, 3", "4, 1", "103, 5"})
  void everyShardHasEveryBatchAndNoSampleComesTwiceInAnEpoch(int samples, int shards) {
    int steps = plan.steps(samples, shards);
    for (int shard = 0; shard < shards; shard++) {
      int size = (samples - shard + shards - 1) / shards;
      List<Integer> seen = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        for (int index : plan.indices(shard, size, 3, step)) {
          seen.add(index);
        }
      }
      assertThat(seen).hasSize(4 * steps).doesNotHaveDuplicates();
      assertThat(seen).allMatch(index -> index >= 0 && index < size);
    }
  }

  @Test
  void overTheEpochsEverySampleGetsItsTurn() {
    boolean[] seen = new boolean[7];
    for (int epoch = 0; epoch < 20; epoch++) {
      for (int index : plan.indices(0, 7, epoch, 0)) {
        seen[index] = true;
      }
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void orderDependsOnSeedEpochAndShardAndOnNothingElse() {
    int[] batch = plan.indices(1, 100, 2, 3);
    assertThat(new BatchPlan(1, 4).indices(1, 100, 2, 3)).isEqualTo(batch);
    assertThat(new BatchPlan(2, 4).indices(1, 100, 2, 3)).isNotEqualTo(batch);
    assertThat(plan.indices(0, 100, 2, 3)).isNotEqualTo(batch);
    assertThat(plan.indices(1, 100, 1, 3)).isNotEqualTo(batch);
    assertThat(plan.indices(1, 100, 2, 4)).doesNotContain(batch);
  }

  @Test
  void refusesABatchThatIsLargerThanTheSet() {
    assertThatThrownBy(() -> plan.steps(7, 2))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("train.batch-size: must be at most the number of training samples, 7; found 8");
  }

  @Test
  void refusesABatchThatTheShardDoesNotHave() {
    assertThat(plan.indices(0, 8, 0, 1)).hasSize(4);
    for (int step : new int[] {-1, 2}) {
      assertThatThrownBy(() -> plan.indices(3, 11, 0, step))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("shard 3 has 11 samples: no batch %d of 4", step);
    }
  }
}
