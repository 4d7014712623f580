package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.Surrogate;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.Samples;

class ShardsTogetherTest {
  private static final long SEED = 3;

  private static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(spec(Architectures.RESNET19, 16, 2, WeightScheme.REGULATED), 2, 4),
        Arguments.of(spec(Architectures.RESNET19, 64, 2, WeightScheme.REGULATED), 1, 8),
        Arguments.of(spec(Architectures.VGGSNN, 32, 3, WeightScheme.REGULATED), 1, 5),
        Arguments.of(spec(Architectures.VGGSNN, 64, 1, WeightScheme.PLAIN), 3, 7),
        Arguments.of(spec(Architectures.VGGSNN, 8, 2, WeightScheme.FLOAT), 2, 3));
  }

  private static NetworkSpec spec(
      Architecture architecture, int width, int timesteps, WeightScheme scheme) {
    int bits = scheme == WeightScheme.FLOAT ? 32 : 8;
    return architecture.spec(width, timesteps, 1, Stripes.SIZE, Stripes.CLASSES, scheme, bits);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void togetherTheyComeToTheBitsOfTheTreeOfEachAlone(NetworkSpec network, int batch, int shards) {
    List<Samples> samples = Stripes.shards(shards, 20 * shards);
    SynapticWeights weights = weights(network, 1);
    for (int bits : new int[] {BackwardPass.FLOATS, BackwardPass.INTEGERS}) {
      ShardTask task = task(network, batch, bits);
      for (int step = 0; step < 2; step++) {
        ShardGradient found = task.sum(weights, samples, 8, 1, step);

        assertSame(found, oneByOne(task, weights, samples, step));
        assertThat(found.shards()).isEqualTo(shards);
      }
      task.release();
    }
  }

  private static ShardGradient oneByOne(
      ShardTask task, SynapticWeights weights, List<Samples> samples, int step) {
    TreeSum sum = new TreeSum(samples.size());
    for (int s = 0; s < samples.size(); s++) {
      sum.add(s, task.gradient(weights, samples.get(s), 8 + s, 1, step));
    }
    return sum.total();
  }

  @Test
  void aProblemIsStillThatOfTheFirstShardThatHasOne() {
    NetworkSpec network = spec(Architectures.VGGSNN, 32, 2, WeightScheme.REGULATED);
    NetworkLayout layout = NetworkLayout.of(network);
    Parameters parameters = InitialState.of(layout, 1).parameters();
    int last = parameters.values().length - 1;
    parameters.values()[last] = Float.NaN;
    SynapticWeights weights = new WeightQuantizer(layout).quantize(parameters);
    List<Samples> samples = Stripes.shards(3, 60);

    ShardGradient found = task(network, 2, BackwardPass.FLOATS).sum(weights, samples, 4, 0, 0);

    assertThat(found.problem())
        .hasValueSatisfying(text -> assertThat(text).startsWith("shard 4: "));
  }

  @Test
  void asManyAreComputedTogetherAsFillVectors() {
    assertThat(task(spec(Architectures.VGGSNN, 8, 2, WeightScheme.REGULATED), 2, 32).together())
        .isEqualTo(8);
    assertThat(task(spec(Architectures.VGGSNN, 8, 2, WeightScheme.REGULATED), 3, 32).together())
        .isEqualTo(4);
    assertThat(task(spec(Architectures.VGGSNN, 8, 10, WeightScheme.REGULATED), 4, 32).together())
        .isEqualTo(1);
  }

  @Test
  void largeNetworksNeedNotMuchMoreMemoryForIt() {
    assertThat(ShardTask.together(ofSize(128), 1)).isEqualTo(4);
    assertThat(ShardTask.together(ofSize(512), 1)).isEqualTo(1);
  }

  private static NetworkSpec ofSize(int size) {
    return Architectures.VGGSNN.spec(64, 2, 2, size, 10, WeightScheme.REGULATED, 8);
  }

  private static ShardTask task(NetworkSpec network, int batch, int gradientBits) {
    return new ShardTask(
        network,
        new Stripes(),
        new BatchPlan(SEED, batch),
        LossTerms.of(0.005),
        new BackwardPass(Surrogate.PUBLISHED, gradientBits),
        EarlyEpochs.NONE);
  }

  private static SynapticWeights weights(NetworkSpec network, long seed) {
    NetworkLayout layout = NetworkLayout.of(network);
    return new WeightQuantizer(layout).quantize(InitialState.of(layout, seed).parameters());
  }

  private static void assertSame(ShardGradient found, ShardGradient expected) {
    assertThat(found.statistics()).isEqualTo(expected.statistics());
    assertThat(found.gradient()).isEqualTo(expected.gradient());
    assertThat(found.rates()).isEqualTo(expected.rates());
    assertThat(found.crossEntropy()).isEqualTo(expected.crossEntropy());
    assertThat(found.rateTerm()).isEqualTo(expected.rateTerm());
    assertThat(found.correct()).isEqualTo(expected.correct());
    assertThat(found.samples()).isEqualTo(expected.samples());
  }
}
