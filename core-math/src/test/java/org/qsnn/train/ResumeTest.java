package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.model.MembraneBits;

/** Two epochs of three steps: eight checkpoints, one after each step and each epoch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
  private final ToyTraining training = ToyTraining.of(1, 2);
  private final MemoryStore whole = training.store();
  private TrainingState uninterrupted;

  @BeforeAll
  void run() {
    uninterrupted = training.run(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void runKilledAfterAnyCheckpointEqualsAnUninterruptedOne(int states) {
    MemoryStore store = training.store().killedAfterStates(states);
    assertThatThrownBy(() -> training.run(store)).isInstanceOf(MemoryStore.Killed.class);
    assertEqual(training.run(store.revived()), store);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void runWithOtherBitsInEachLayerEqualsAnUninterruptedOne(int states) {
    ToyTraining mixed =
        training.with(
            ToyTraining.vggsnn(1).withMembraneBits(MembraneBits.parse("8,4,2,32,2,4,8,4")));
    TrainingState expected = mixed.run(mixed.store());
    MemoryStore store = mixed.store().killedAfterStates(states);
    assertThatThrownBy(() -> mixed.run(store)).isInstanceOf(MemoryStore.Killed.class);
    assertThat(mixed.run(store.revived()).parameters().values())
        .isEqualTo(expected.parameters().values())
        .isNotEqualTo(uninterrupted.parameters().values());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void runKilledBetweenAnEpochsMetricsAndItsCheckpointEqualsAnUninterruptedOne(int rows) {
    MemoryStore store = training.store().killedAfterRows(rows);
    assertThatThrownBy(() -> training.run(store)).isInstanceOf(MemoryStore.Killed.class);
    assertEqual(training.run(store.revived()), store);
  }

  @Test
  void runKilledAgainAndAgainEqualsAnUninterruptedOne() {
    MemoryStore store = training.store();
    for (int i = 0; i < 8; i++) {
      store.killedAfterStates(1);
      assertThatThrownBy(() -> training.run(store)).isInstanceOf(MemoryStore.Killed.class);
    }
    assertEqual(training.run(store.revived()), store);
  }

  /** Without checkpoints within an epoch: all there is of one is what the stop has left. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void runThatIsStoppedGoesOnFromWhereItWas(int asked) {
    ToyTraining rare = training.with(Duration.ofDays(1));
    MemoryStore store = rare.store();
    AtomicInteger left = new AtomicInteger(asked);

    TrainingState stopped = rare.run(store, () -> left.getAndDecrement() <= 0);

    assertThat(stopped.epoch()).isLessThan(2);
    assertThat(store.newestState().orElseThrow()).usingRecursiveComparison().isEqualTo(stopped);
    assertEqual(rare.run(store), store);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void runWhoseStepIsCutOffByTheStopGoesOnFromBeforeIt(int steps) {
    ToyTraining rare = training.with(Duration.ofDays(1));
    MemoryStore store = rare.store();
    AtomicBoolean isStopping = new AtomicBoolean();
    AtomicInteger left = new AtomicInteger(steps);
    GradientSource whole = rare.gradients();

    TrainingState stopped =
        rare.run(
            store,
            isStopping::get,
            (weights, epoch, step) -> {
              if (left.getAndDecrement() > 0) {
                return whole.gradient(weights, epoch, step);
              }
              isStopping.set(true);
              throw new CancellationException("told to end");
            });

    assertThat(stopped.steps()).isEqualTo(steps);
    assertThat(store.newestState().orElseThrow()).usingRecursiveComparison().isEqualTo(stopped);
    assertEqual(rare.run(store), store);
  }

  @Test
  void runWhoseValidationIsCutOffByTheStopValidatesWhenItGoesOn() {
    ToyTraining rare = training.with(Duration.ofDays(1));
    MemoryStore store = rare.store();
    AtomicBoolean isStopping = new AtomicBoolean();
    ToyTraining cutOff =
        rare.with(
            model -> {
              isStopping.set(true);
              throw new CancellationException("told to end");
            });

    TrainingState stopped = cutOff.run(store, isStopping::get);

    assertThat(stopped.epoch()).isZero();
    assertThat(stopped.step()).isEqualTo(ToyTraining.STEPS);
    assertThat(store.rows).isEmpty();
    assertEqual(rare.run(store), store);
  }

  @Test
  void whatIsCancelledWithoutAStopIsAFailure() {
    ToyTraining cutOff =
        training.with(
            model -> {
              throw new CancellationException("no executor");
            });

    assertThatThrownBy(() -> cutOff.run(cutOff.store()))
        .isInstanceOf(CancellationException.class)
        .hasMessage("no executor");
  }

  @Test
  void everyStateSaysWhatItBelongsTo() {
    assertThat(uninterrupted.metadata()).isEqualTo(Map.of("dataset", "stripes"));
    assertThat(whole.state(0).metadata()).isEqualTo(uninterrupted.metadata());
  }

  @Test
  void aFinishedRunIsLeftAsItIs() {
    int states = whole.states.size();
    assertThat(ToyTraining.sha256(training.run(whole)))
        .isEqualTo(ToyTraining.sha256(uninterrupted));
    assertThat(whole.states).hasSize(states);
  }

  private void assertEqual(TrainingState state, MemoryStore store) {
    assertThat(ToyTraining.sha256(state)).isEqualTo(ToyTraining.sha256(uninterrupted));
    assertThat(state.optimizer()).usingRecursiveComparison().isEqualTo(uninterrupted.optimizer());
    assertThat(state.epochStartSigns()).isEqualTo(uninterrupted.epochStartSigns());
    assertThat(state.steps()).isEqualTo(uninterrupted.steps());
    assertThat(state.bestEpoch()).isEqualTo(uninterrupted.bestEpoch());
    assertThat(state.bestAccuracy()).isEqualTo(uninterrupted.bestAccuracy());
    assertThat(store.models.keySet()).isEqualTo(whole.models.keySet());
    store.models.forEach((epoch, bytes) -> assertThat(bytes).isEqualTo(whole.models.get(epoch)));
    assertThat(store.rows)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds", ".*samplesPerSecond")
        .isEqualTo(whole.rows);
  }
}
