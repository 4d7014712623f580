package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.WeightScheme;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.tensor.Workspace;

class SharedWeightsTest {
  private static final int TASKS = 8;
  private static final long DEADLINE_SECONDS = 60;

  private final SmallNetwork network =
      new SmallNetwork(
          Architectures.named("resnet19").spec(4, 2, 3, 8, 10, WeightScheme.REGULATED, 8));

  @Test
  void weightsAreUnpackedOnceForAllTasksOfAStep() {
    SharedWeights shared = new SharedWeights(network.layout, BackwardPass.FLOATS);
    SynapticWeights step = network.weights();
    UnpackedWeights unpacked = shared.of(step);
    assertThat(unpacked.work()).isEmpty();
    assertThat(shared.of(step)).isSameAs(unpacked);
    assertThat(shared.of(network.weights())).as("an equal object").isSameAs(unpacked);
    assertThat(shared.of(otherWeights())).isNotSameAs(unpacked);
  }

  /** As when a twin of the step before still runs. */
  @Test
  void tasksOfTwoStepsAtOnceGiveTheBitsOfTasksAlone() throws Exception {
    List<SynapticWeights> steps = List.of(network.weights(), otherWeights());
    List<float[]> alone = steps.stream().map(this::aloneGradient).toList();
    assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> tasks =
          IntStream.range(0, TASKS)
              .mapToObj(
                  i ->
                      threads.submit(() -> gradient(network.training, steps.get(i % steps.size()))))
              .toList();
      for (int i = 0; i < TASKS; i++) {
        assertThat(tasks.get(i).get(DEADLINE_SECONDS, TimeUnit.SECONDS))
            .isEqualTo(alone.get(i % steps.size()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private SynapticWeights otherWeights() {
    for (int i = 0; i < network.latent.values().length; i += 3) {
      network.latent.values()[i] *= -1;
    }
    return network.weights();
  }

  private float[] aloneGradient(SynapticWeights weights) {
    return gradient(new TrainingNetwork(network.layout), weights);
  }

  private float[] gradient(TrainingNetwork training, SynapticWeights weights) {
    try (Workspace workspace = new Workspace()) {
      return training
          .gradient(weights, network.images(2), network.targets(2), LossTerms.of(0.005), workspace)
          .gradient();
    }
  }
}
