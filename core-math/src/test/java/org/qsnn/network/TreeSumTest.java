package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.tensor.RandomStream;

class TreeSumTest {
  @Test
  void everyOrderOfArrivalGivesTheSameBits() {
    ShardGradient expected = sum(new int[] {0, 1, 2, 3, 4});
    List<int[]> orders = new ArrayList<>();
    permutations(new int[5], 0, 0, orders);
    assertThat(orders).hasSize(120);
    for (int[] order : orders) {
      assertSame(sum(order), expected);
    }
  }

  private static void permutations(int[] order, int length, int used, List<int[]> result) {
    if (length == order.length) {
      result.add(order.clone());
    }
    for (int shard = 0; shard < order.length; shard++) {
      if ((used & 1 << shard) == 0) {
        order[length] = shard;
        permutations(order, length + 1, used | 1 << shard, result);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 16, 33})
  void randomOrdersGiveTheSameBits(int shards) {
    RandomStream random = RandomStream.of(5, shards);
    ShardGradient expected = sum(random.permutation(shards));
    assertThat(expected.shards()).isEqualTo(shards);
    for (int i = 0; i < 50; i++) {
      assertSame(sum(random.permutation(shards)), expected);
    }
  }

  @Test
  void hasTheShapeOfATreeOverTheIndex() {
    float[][] v = new float[5][];
    for (int shard = 0; shard < 5; shard++) {
      v[shard] = gradient(shard).gradient();
    }
    float[] tree = new float[v[0].length];
    float[] chain = new float[v[0].length];
    for (int i = 0; i < tree.length; i++) {
      tree[i] = ((v[0][i] + v[1][i]) + (v[2][i] + v[3][i])) + v[4][i];
      chain[i] = (((v[0][i] + v[1][i]) + v[2][i]) + v[3][i]) + v[4][i];
    }
    assertThat(sum(new int[] {4, 2, 0, 3, 1}).gradient()).isEqualTo(tree).isNotEqualTo(chain);
  }

  @Test
  void missingShardsAreAnError() {
    TreeSum sum = new TreeSum(3);
    assertThatThrownBy(sum::total)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("0 of 3 shards have arrived");
    sum.add(2, gradient(2));
    sum.add(0, gradient(0));
    assertThatThrownBy(sum::total)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("2 of 3 shards have arrived");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void aShardThatArrivesTwiceIsAnErrorAtAnyMoment(int twice) {
    for (int between = 0; between <= 4; between++) {
      TreeSum sum = new TreeSum(5);
      sum.add(twice, gradient(twice));
      for (int other = 1; other <= between; other++) {
        sum.add((twice + other) % 5, gradient(other));
      }
      assertThatThrownBy(() -> sum.add(twice, gradient(twice)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("shard %d was added twice", twice);
    }
  }

  @Test
  void aShardThatIsNoneIsAnError() {
    TreeSum sum = new TreeSum(3);
    assertThatThrownBy(() -> sum.add(3, gradient(3))).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> sum.add(-1, gradient(3)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static ShardGradient sum(int[] order) {
    TreeSum sum = new TreeSum(order.length);
    for (int shard : order) {
      sum.add(shard, gradient(shard));
    }
    return sum.total();
  }

  /** Numbers of very different sizes, whose sum depends on the order. */
  private static ShardGradient gradient(int shard) {
    RandomStream random = RandomStream.of(17, shard);
    float[] gradient = new float[20];
    float[] statistics = new float[7];
    double[] rates = new double[3];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(30)));
    }
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < rates.length; i++) {
      rates[i] = random.nextDouble();
    }
    ShardGradient.Batch batch =
        new ShardGradient.Batch(random.nextDouble(), random.nextDouble(), rates, 3, 8);
    return ShardGradient.of(gradient, statistics, batch, null);
  }

  private static void assertSame(ShardGradient found, ShardGradient expected) {
    assertThat(found.gradient()).isEqualTo(expected.gradient());
    assertThat(found.statistics()).isEqualTo(expected.statistics());
    assertThat(found.rates()).isEqualTo(expected.rates());
    assertThat(found.crossEntropy()).isEqualTo(expected.crossEntropy());
    assertThat(found.rateTerm()).isEqualTo(expected.rateTerm());
    assertThat(found.shards()).isEqualTo(expected.shards());
    assertThat(found.correct()).isEqualTo(expected.correct());
    assertThat(found.samples()).isEqualTo(expected.samples());
  }
}
