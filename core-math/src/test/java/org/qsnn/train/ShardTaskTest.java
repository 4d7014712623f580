package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.Surrogate;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.Samples;

class ShardTaskTest {
  private final ToyTraining training = ToyTraining.of(1, 2);
  private final List<Samples> shards = training.shards();
  private final NetworkLayout layout = NetworkLayout.of(training.network());
  private final SynapticWeights weights =
      new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters());

  @Test
  void aTaskThatTravelledComputesTheSameBits() throws Exception {
    ShardTask task = training.task();
    ShardGradient expected = task.gradient(weights, shards.get(1), 1, 0, 2);
    ShardTask travelled = travel(task);
    SynapticWeights travelledWeights = travel(weights);
    Samples travelledSamples = travel(shards.get(1));
    assertSame(travelled.gradient(travelledWeights, travelledSamples, 1, 0, 2), expected);
  }

  @Test
  void weightsAreEqualIfTheirBitsAre() throws Exception {
    assertThat(travel(weights)).isEqualTo(weights).hasSameHashCodeAs(weights);
    assertThat(new WeightQuantizer(layout).quantize(InitialState.of(layout, 2).parameters()))
        .isNotEqualTo(weights);
  }

  @SuppressWarnings("unchecked")
  static <T> T travel(T value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void aTaskIsAFunctionOfShardEpochAndStep() {
    ShardTask task = training.task();
    ShardGradient expected = task.gradient(weights, shards.get(0), 0, 1, 0);
    assertThat(task.gradient(weights, shards.get(0), 0, 0, 0).gradient())
        .isNotEqualTo(expected.gradient());
    assertThat(task.gradient(weights, shards.get(0), 0, 1, 1).gradient())
        .isNotEqualTo(expected.gradient());
    assertThat(task.gradient(weights, shards.get(1), 1, 1, 0).gradient())
        .isNotEqualTo(expected.gradient());
    assertSame(task.gradient(weights, shards.get(0), 0, 1, 0), expected);
  }

  /** Rounding at random is no exception: its numbers belong to shard, epoch and step. */
  @Test
  void aTaskThatRoundsItsGradientsIsAFunctionOfShardEpochAndStep() throws Exception {
    NetworkSpec network = Architectures.VGGSNN.spec(32, 2, 1, 16, 3, WeightScheme.REGULATED, 8);
    NetworkLayout wide = NetworkLayout.of(network);
    SynapticWeights wideWeights =
        new WeightQuantizer(wide).quantize(InitialState.of(wide, 1).parameters());
    ShardTask floats = task(network, BackwardPass.FLOATS);
    ShardTask integers = task(network, BackwardPass.INTEGERS);

    ShardGradient expected = integers.gradient(wideWeights, shards.get(0), 0, 1, 2);
    integers.gradient(wideWeights, shards.get(1), 1, 3, 0);

    assertSame(integers.gradient(wideWeights, shards.get(0), 0, 1, 2), expected);
    assertSame(travel(integers).gradient(wideWeights, shards.get(0), 0, 1, 2), expected);
    assertThat(floats.gradient(wideWeights, shards.get(0), 0, 1, 2).gradient())
        .isNotEqualTo(expected.gradient());
    // The same samples in another shard.
    assertThat(integers.gradient(wideWeights, shards.get(0), 1, 1, 2).gradient())
        .isNotEqualTo(expected.gradient());
  }

  private ShardTask task(NetworkSpec network, int gradientBits) {
    return new ShardTask(
        network,
        new Stripes(),
        training.options().plan(),
        LossTerms.of(0),
        new BackwardPass(Surrogate.PUBLISHED, gradientBits),
        EarlyEpochs.NONE);
  }

  @Test
  void tasksThatRunAtOnceComputeTheBitsOfEachAlone() {
    ShardTask task = training.task();
    List<ShardGradient> alone =
        IntStream.range(0, 4)
            .mapToObj(i -> training.task().gradient(weights, shards.get(i % 2), i % 2, i / 2, 0))
            .toList();
    List<CompletableFuture<ShardGradient>> together =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> task.gradient(weights, shards.get(i % 2), i % 2, i / 2, 0),
                        run -> new Thread(run).start()))
            .toList();
    for (int i = 0; i < 4; i++) {
      assertSame(together.get(i).join(), alone.get(i));
    }
  }

  @Test
  void tellsTimeAndSamples() {
    ShardGradient gradient = training.task().gradient(weights, shards.get(0), 0, 0, 0);
    assertThat(gradient.shards()).isEqualTo(1);
    assertThat(gradient.samples()).isEqualTo(8);
    assertThat(gradient.computeNanos()).isPositive();
  }

  @Test
  void localSourceSumsTheShardsInATree() {
    ShardTask task = training.task();
    TreeSum expected = new TreeSum(2);
    for (int shard = 1; shard >= 0; shard--) {
      expected.add(shard, task.gradient(weights, shards.get(shard), shard, 1, 2));
    }
    GradientSource.Sum sum = training.gradients().gradient(weights, 1, 2);
    assertSame(sum.total(), expected.total());
    assertThat(sum.total().shards()).isEqualTo(2);
    assertThat(sum.computeSeconds()).isPositive();
    assertThat(sum.reduceSeconds()).isNotNegative();
  }

  @Test
  void refusesImagesOfAnotherSize() {
    ShardTask task =
        new ShardTask(
            Architectures.VGGSNN.spec(1, 2, 1, 32, 3, WeightScheme.REGULATED, 8),
            new Stripes(),
            training.options().plan(),
            LossTerms.of(0));
    assertThatThrownBy(() -> task.gradient(weights, shards.get(0), 0, 0, 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "network input: vggsnn reads [8 or 16, 1, 32, 32] for a batch of 8, found [8, 1, 16,"
                + " 16]");
  }

  private static void assertSame(ShardGradient found, ShardGradient expected) {
    assertThat(found.gradient()).isEqualTo(expected.gradient());
    assertThat(found.statistics()).isEqualTo(expected.statistics());
    assertThat(found.rates()).isEqualTo(expected.rates());
    assertThat(found.crossEntropy()).isEqualTo(expected.crossEntropy());
    assertThat(found.rateTerm()).isEqualTo(expected.rateTerm());
    assertThat(found.correct()).isEqualTo(expected.correct());
    assertThat(found.samples()).isEqualTo(expected.samples());
  }
}
