package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.Samples;

class GroupTaskTest {
  private static final int SHARDS = 6;

  private final ToyTraining training = ToyTraining.of(1, 2);
  private final List<Samples> shards = Stripes.shards(SHARDS, 150);
  private final NetworkLayout layout = NetworkLayout.of(training.network());
  private final SynapticWeights weights =
      new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters());

  @ParameterizedTest(name = "groups of {0}, {1} threads")
  @CsvSource({"1, 1", "2, 1", "4, 1", "8, 1", "2, 2", "4, 3", "8, 2", "8, 9"})
  void groupsGiveTheBitsOfShards(int size, int threads) {
    ShardGradient expected =
        new LocalGradientSource(training.task(), shards).gradient(weights, 1, 2).total();

    ShardGroups groups = new ShardGroups(SHARDS, size);
    TreeSum sum = new TreeSum(groups.count());
    for (int group = 0; group < groups.count(); group++) {
      sum.add(group, gradient(groups, group, threads));
    }

    assertThat(sum.total().gradient()).isEqualTo(expected.gradient());
    assertThat(sum.total().statistics()).isEqualTo(expected.statistics());
    assertThat(sum.total().crossEntropy()).isEqualTo(expected.crossEntropy());
    assertThat(sum.total().correct()).isEqualTo(expected.correct());
    assertThat(sum.total().shards()).isEqualTo(SHARDS);
  }

  private ShardGradient gradient(ShardGroups groups, int group, int threads) {
    int first = groups.first(group);
    return new GroupTask(training.task(), groups, group, threads)
        .gradient(weights, shards.subList(first, first + groups.sizeOf(group)).iterator(), 1, 2);
  }

  @Test
  void tellsTheTimeOfTheGroupRatherThanOfItsThreads() {
    long start = System.nanoTime();
    ShardGradient gradient = gradient(new ShardGroups(SHARDS, 8), 0, 3);

    assertThat(gradient.computeNanos()).isBetween(1L, System.nanoTime() - start);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void whatAShardThrowsIsThrown(int threads) {
    DataException damaged = new DataException("shard 1 is damaged");
    Iterator<Samples> samples =
        shards.stream()
            .peek(
                shard -> {
                  if (shard == shards.get(1)) {
                    throw damaged;
                  }
                })
            .iterator();

    assertThatThrownBy(
            () ->
                new GroupTask(training.task(), new ShardGroups(SHARDS, 8), 0, threads)
                    .gradient(weights, samples, 1, 2))
        .isSameAs(damaged);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void whatComputingThrowsIsThrown(int threads) {
    List<Samples> wrong =
        List.of(shards.get(0), new Samples(new long[1], new int[1], new byte[1][]));

    assertThatThrownBy(
            () ->
                new GroupTask(training.task(), new ShardGroups(2, 2), 0, threads)
                    .gradient(weights, wrong.iterator(), 1, 2))
        .isInstanceOf(RuntimeException.class)
        .isNotInstanceOf(CancellationException.class);
  }
}
