package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;
import org.qsnn.network.ShardGradient;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.Samples;

class LocalGradientSourceTest {
  private static final int SHARDS = 5;
  private static final int THREADS = 3;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ToyTraining training = ToyTraining.of(1, 2);
  private final List<Samples> shards = Stripes.shards(SHARDS, 150);
  private final NetworkLayout layout = NetworkLayout.of(training.network());
  private final SynapticWeights weights =
      new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters());

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, SHARDS})
  void threadsGiveTheBitsOfOneShardAfterTheOther(int number) {
    List<Samples> some = shards.subList(0, number);
    GradientSource one = new LocalGradientSource(training.task(), some);
    GradientSource several = source(some::get, number);

    for (int step = 0; step < ToyTraining.STEPS; step++) {
      ShardGradient expected = one.gradient(weights, 1, step).total();
      ShardGradient found = several.gradient(weights, 1, step).total();
      assertThat(found.gradient()).isEqualTo(expected.gradient());
      assertThat(found.statistics()).isEqualTo(expected.statistics());
      assertThat(found.crossEntropy()).isEqualTo(expected.crossEntropy());
      assertThat(found.shards()).isEqualTo(number);
    }
  }

  @Test
  void longestShardTakesNoLongerThanTheStep() {
    GradientSource.Sum sum = source(shards::get, SHARDS).gradient(weights, 0, 0);

    assertThat(sum.longestSeconds()).isPositive().isLessThanOrEqualTo(sum.computeSeconds());
  }

  @Test
  void whatAShardThrowsIsThrown() {
    DataException exception = new DataException("shard 2 is damaged");
    StackOverflowError error = new StackOverflowError();

    assertThat(failureOf(exception)).isSameAs(exception);
    assertThat(failureOf(error)).isSameAs(error);
  }

  private Throwable failureOf(Throwable thrown) {
    GradientSource source =
        source(
            shard -> {
              if (shard == 2) {
                sneak(thrown);
              }
              return shards.get(shard);
            },
            SHARDS);
    return catchThrowable(() -> source.gradient(weights, 0, 0));
  }

  private static void sneak(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  void afterAFailureNoOtherShardIsBegunAndTheNextStepIsWhole() {
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    boolean[] isDamaged = {true};
    GradientSource source =
        new LocalGradientSource(
            training.task(),
            SHARDS,
            shard -> {
              begun.add(shard);
              if (shard == 1 && isDamaged[0]) {
                throw new DataException("damaged");
              }
              return shards.get(shard);
            },
            1,
            Runnable::run);

    assertThatThrownBy(() -> source.gradient(weights, 0, 0)).isInstanceOf(DataException.class);
    assertThat(begun).containsExactlyInAnyOrder(0, 1);
    isDamaged[0] = false;
    assertThat(source.gradient(weights, 0, 0).total().shards()).isEqualTo(SHARDS);
  }

  @Test
  void whoIsInterruptedWhileItWaitsIsToldThatTheStepWasCancelled() {
    CountDownLatch never = new CountDownLatch(1);
    GradientSource source =
        source(
            shard -> {
              awaited(never);
              return shards.get(shard);
            },
            SHARDS);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> source.gradient(weights, 0, 0))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private GradientSource source(IntFunction<Samples> samples, int number) {
    return new LocalGradientSource(training.task(), number, samples, THREADS, threads);
  }
}
