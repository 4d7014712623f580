package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.Distillation;
import org.qsnn.network.LossTerms;
import org.qsnn.network.LossTerms.OverLayers;
import org.qsnn.network.ShardGradient;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.Samples;

class TeacherTest {
  private static final EarlyEpochs EARLY = new EarlyEpochs(1, 1, 0);
  private static final int STEP = 1;

  private final ToyTraining training = ToyTraining.of(1, 2);
  private final List<Samples> shards = training.shards();
  private final NetworkLayout layout = NetworkLayout.of(training.network());
  private final SynapticWeights weights =
      new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters());

  /** A float network of more channels and timesteps than the one that it teaches. */
  private final Teacher teacher = teacher(2, 3);

  private static Teacher teacher(int width, int timesteps) {
    ToyTraining twin =
        ToyTraining.of(1, 1)
            .with(
                Architectures.VGGSNN.spec(
                    width, timesteps, 1, Stripes.SIZE, Stripes.CLASSES, WeightScheme.FLOAT, 32));
    return new Teacher("twin", bytes(twin.untrained()));
  }

  private static byte[] bytes(PackedModel model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      model.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private ShardTask task(double weight) {
    return new ShardTask(
        training.network(),
        training.decoder(),
        training.options().plan(),
        new LossTerms(0.005, OverLayers.MEAN, 0, 0, 1, new Distillation(weight, 2)),
        BackwardPass.PUBLISHED,
        EARLY);
  }

  private ShardGradient gradient(ShardTask task, int shard, int epoch) {
    return task.gradient(weights, shards.get(shard), shard, epoch, STEP);
  }

  @Test
  void aTeacherDrawsTheGradientElsewhereInEarlyEpochsToo() {
    ShardTask taught = task(0.5).taughtBy(teacher);
    ShardTask alone = task(0);
    ShardTask byAnother = task(0.5).taughtBy(teacher(1, 1));
    for (int epoch = 0; epoch < 2; epoch++) {
      ShardGradient found = gradient(taught, 0, epoch);
      ShardGradient untaught = gradient(alone, 0, epoch);

      assertThat(found.problem()).isEmpty();
      assertThat(found.gradient())
          .isNotEqualTo(untaught.gradient())
          .isNotEqualTo(gradient(byAnother, 0, epoch).gradient());
      assertThat(found.crossEntropy()).isNotEqualTo(untaught.crossEntropy());
      assertThat(found.statistics()).isEqualTo(untaught.statistics());
      assertThat(found.correct()).isEqualTo(untaught.correct());
    }
  }

  @Test
  void aTeacherReadsAllPixelsWhereTheNetworkIsShownFewer() {
    ToyTraining small = training.with(ToyTraining.averaging(Stripes.SIZE));
    NetworkLayout averaging = NetworkLayout.of(small.network());
    SynapticWeights first =
        new WeightQuantizer(averaging).quantize(InitialState.of(averaging, 1).parameters());
    ShardTask alone =
        new ShardTask(
            small.network(),
            small.decoder(),
            small.options().plan(),
            new LossTerms(0.005, OverLayers.MEAN, 0, 0, 1, new Distillation(0.5, 2)),
            BackwardPass.PUBLISHED,
            new EarlyEpochs(1, 2, Stripes.SIZE / 2));

    ShardGradient found = alone.taughtBy(teacher).gradient(first, shards.get(0), 0, 0, STEP);
    ShardGradient byAnother =
        alone.taughtBy(teacher(1, 1)).gradient(first, shards.get(0), 0, 0, STEP);
    assertThat(found.problem()).isEmpty();
    assertThat(found.statistics()).isEqualTo(byAnother.statistics());
    assertThat(found.gradient()).isNotEqualTo(byAnother.gradient());
  }

  @Test
  void aTeacherWithoutWeightChangesNoBit() {
    ShardGradient found = gradient(task(0).taughtBy(teacher), 0, 1);

    assertSame(found, gradient(task(0), 0, 1));
    assertThat(found.gradient())
        .isEqualTo(
            new ShardTask(
                    training.network(),
                    training.decoder(),
                    training.options().plan(),
                    LossTerms.of(0.005))
                .gradient(weights, shards.get(0), 0, 1, STEP)
                .gradient());
  }

  @Test
  void aTaughtTaskIsAPureFunctionWhereverItTravels() throws Exception {
    ShardTask taught = task(0.5).taughtBy(teacher);
    ShardGradient expected = gradient(taught, 1, 1);
    gradient(taught, 0, 0);

    assertSame(gradient(taught, 1, 1), expected);
    taught.release();
    assertSame(gradient(taught, 1, 1), expected);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(taught);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertSame(gradient((ShardTask) in.readObject(), 1, 1), expected);
    }
  }

  @Test
  void tasksThatShareATeacherComputeTheBitsOfEachAlone() {
    ShardTask taught = task(0.5).taughtBy(teacher);
    List<CompletableFuture<ShardGradient>> together =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> gradient(taught, i % 2, i / 2), run -> new Thread(run).start()))
            .toList();
    for (int i = 0; i < 4; i++) {
      assertSame(together.get(i).join(), gradient(task(0.5).taughtBy(teacher), i % 2, i / 2));
    }
  }

  @Test
  void aTeacherIsItsFile() {
    byte[] file = bytes(training.untrained());
    Teacher found = new Teacher("a", file);

    assertThat(found.sha256()).isEqualTo(Hashes.sha256(file)).isNotEqualTo(teacher.sha256());
    assertThat(found.model().spec()).isEqualTo(training.network());
    byte[] damaged = file.clone();
    damaged[file.length / 2] ^= 1;
    assertThatThrownBy(() -> new Teacher("runs/a", damaged).model())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("runs/a");
  }

  private static void assertSame(ShardGradient found, ShardGradient expected) {
    assertThat(found.gradient()).isEqualTo(expected.gradient());
    assertThat(found.statistics()).isEqualTo(expected.statistics());
    assertThat(found.rates()).isEqualTo(expected.rates());
    assertThat(found.crossEntropy()).isEqualTo(expected.crossEntropy());
    assertThat(found.rateTerm()).isEqualTo(expected.rateTerm());
    assertThat(found.correct()).isEqualTo(expected.correct());
  }
}
