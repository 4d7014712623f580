package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DivergedException;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.sample.Picture;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;

class DivergenceTest {
  private static final int EPOCHS = 2;
  private final ToyTraining healthy = ToyTraining.of(1, EPOCHS);

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 2, 1", "1, 0, 1", "1, 1, 0"})
  void namesEpochStepShardAndTensorAndKeepsTheLastCheckpoint(int epoch, int step, int shard) {
    ToyTraining sick = healthy.with(new Sick(epoch, sampleOf(epoch, step, shard)));
    MemoryStore store = sick.store();

    assertThatThrownBy(() -> sick.run(store))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith(
            "training diverged in epoch %d, step %d: shard %d: statistic convs.0.bn.running_mean is"
                + " NaN",
            epoch + 1, step + 1, shard)
        .hasMessageContaining("train.learning-rate");

    int states = epoch * (ToyTraining.STEPS + 1) + step;
    assertThat(store.states).hasSize(states);
    store.newestState().ifPresent(state -> assertThat(state.steps()).isEqualTo(stepsDone(state)));
    MemoryStore whole = healthy.store();
    TrainingState uninterrupted = healthy.run(whole);
    assertThat(ToyTraining.sha256(healthy.run(store)))
        .as("the kept checkpoint continues as if nothing had been")
        .isEqualTo(ToyTraining.sha256(uninterrupted));
  }

  private static long stepsDone(TrainingState state) {
    return (long) state.epoch() * ToyTraining.STEPS + state.step();
  }

  /** Id of a sample that this step of this shard trains on. */
  private long sampleOf(int epoch, int step, int shard) {
    Samples samples = healthy.shards().get(shard);
    return samples.id(healthy.options().plan().indices(shard, samples.size(), epoch, step)[3]);
  }

  /** Yields NaN for one sample from an epoch on. */
  private record Sick(int epoch, long id) implements SampleDecoder {
    private static final Stripes STRIPES = new Stripes();

    @Override
    public int channels() {
      return STRIPES.channels();
    }

    @Override
    public int size() {
      return STRIPES.size();
    }

    @Override
    public int frames() {
      return STRIPES.frames();
    }

    @Override
    public void decode(byte[] payload, long sample, int now, int step, float[] target, int offset) {
      STRIPES.decode(payload, sample, now, step, target, offset);
      if (sample == id && now >= epoch) {
        target[offset] = Float.NaN;
      }
    }

    @Override
    public Picture picture(byte[] payload, long sample) {
      return STRIPES.picture(payload, sample);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e10", "1e38", "Infinity"})
  void noLearningRateLeavesACheckpointThatIsNotFinite(double learningRate) {
    TrainingOptions o = healthy.options();
    ToyTraining absurd =
        healthy.with(
            new TrainingOptions(
                1,
                o.samples(),
                4,
                2,
                8,
                Descent.of(Sgd.standard(), learningRate),
                o.checkpointEvery()));
    MemoryStore store = absurd.store();
    assertThatThrownBy(() -> absurd.run(store)).isInstanceOf(DivergedException.class);
    for (int i = 0; i < store.states.size(); i++) {
      for (float value : store.state(i).parameters().values()) {
        assertThat(Float.isFinite(value)).as("state %d", i).isTrue();
      }
    }
  }

  /** The sign of NaN is finite: no statistic, loss or gradient of the network shows it. */
  @ParameterizedTest
  @ValueSource(strings = {"convs.0.conv.weight", "convs.1.conv.weight", "convs.7.conv.weight"})
  void namesAParameterThatIsNotFinite(String name) {
    NetworkLayout layout = NetworkLayout.of(healthy.network());
    TrainingState state = InitialState.of(layout, 1);
    float[] weight = state.parameters().get(name);
    weight[0] = Float.NaN;
    state.parameters().setInPlace(name, weight);
    TrainingStep step = new TrainingStep(layout, healthy.options(), healthy.gradients());
    assertThatThrownBy(() -> step.take(state, 2))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("training diverged in epoch 1, step 3: ")
        .hasMessageContaining(
            name.equals("convs.0.conv.weight")
                ? "shard 0: statistic convs.0.bn.running_mean is NaN"
                : "parameter " + name + " is not finite");
  }
}
