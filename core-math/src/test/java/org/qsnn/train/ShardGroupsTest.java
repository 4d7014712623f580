package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;
import org.qsnn.tensor.RandomStream;
import org.qsnn.train.ShardGroups.Workers;

class ShardGroupsTest {
  @ParameterizedTest(name = "{0} shards, {1} slots of {2} threads: groups of {3}")
  @CsvSource({
    // As many shards as slots, or fewer.
    "1, 1, 1, 1",
    "2, 2, 1, 1",
    "3, 8, 1, 1",
    // A slot computes all, or its equal part.
    "16, 1, 1, 16",
    "16, 2, 1, 8",
    "5, 1, 1, 8",
    "256, 32, 1, 8",
    // Three slots: six shards each at most, whatever the groups; groups of four would take eight.
    "16, 3, 1, 2",
    // Groups of two would leave a slot idle while another computes two of them.
    "6, 2, 1, 1",
    "7, 2, 1, 4",
    "9, 2, 1, 1",
    // Threads of a task compute shards at the same time.
    "2, 1, 2, 2",
    "16, 2, 2, 8",
    "4, 2, 2, 2",
    "4, 4, 2, 2",
    "3, 1, 2, 4"
  })
  void areTheLargestThatTakeNoLonger(int shards, int slots, int threads, int size) {
    assertThat(ShardGroups.of(shards, new Workers(slots, threads)))
        .isEqualTo(new ShardGroups(shards, size));
  }

  @Test
  void holdEveryShardOnceAndInOrder() {
    for (int shards = 1; shards < 40; shards++) {
      for (int size = 1; size <= 64; size *= 2) {
        ShardGroups groups = new ShardGroups(shards, size);
        int next = 0;
        for (int group = 0; group < groups.count(); group++) {
          assertThat(groups.first(group)).isEqualTo(next);
          assertThat(groups.sizeOf(group)).isBetween(1, size);
          next += groups.sizeOf(group);
        }
        assertThat(next).isEqualTo(shards);
      }
    }
  }

  @Test
  void sumsOfGroupsAddUpToTheBitsOfTheTreeOverShards() {
    for (int shards = 1; shards < 40; shards++) {
      float expected = sum(new ShardGroups(shards, 1));
      for (int size = 2; size <= 64; size *= 2) {
        assertThat(sum(new ShardGroups(shards, size)))
            .as("%d shards in groups of %d", shards, size)
            .isEqualTo(expected);
      }
    }
  }

  private static float sum(ShardGroups groups) {
    TreeSum all = new TreeSum(groups.count());
    for (int group = 0; group < groups.count(); group++) {
      TreeSum some = new TreeSum(groups.sizeOf(group));
      for (int i = 0; i < groups.sizeOf(group); i++) {
        some.add(i, gradient(groups.first(group) + i));
      }
      all.add(group, some.total());
    }
    assertThat(all.total().shards()).isEqualTo(groups.shards());
    return all.total().gradient()[0];
  }

  /** A number of any size, so that sums depend on their order. */
  private static ShardGradient gradient(int shard) {
    RandomStream random = RandomStream.of(17, shard);
    float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(30)));
    return ShardGradient.of(
        new float[] {value},
        new float[0],
        new ShardGradient.Batch(0, 0, new double[0], 0, 0),
        null);
  }

  @Test
  void refuseWhatIsNoGroup() {
    assertThatThrownBy(() -> new ShardGroups(4, 3))
        .hasMessage("size: must be a power of two; found 3");
    assertThatThrownBy(() -> new ShardGroups(0, 1))
        .hasMessage("shards: must be at least 1; found 0");
    assertThatThrownBy(() -> new Workers(0, 1))
        .hasMessage("must be at least 1; found 0 slots of 1 threads");
  }
}
