package org.qsnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.Input;
import org.qsnn.network.LossTerms;
import org.qsnn.network.Targets;
import org.qsnn.network.TrainingNetwork;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;
import org.qsnn.train.InitialState;

class MemoryPlanTest {
  private static final int BATCH = 4;

  @ParameterizedTest
  @CsvSource({
    "resnet19, 8, 1, REGULATED",
    "resnet19, 8, 4, REGULATED",
    "resnet19, 8, 2, FLOAT",
    "vggsnn, 4, 3, REGULATED",
  })
  void estimateCoversWhatAStepTakesOffTheHeapAndLittleMore(
      String architecture, int width, int timesteps, WeightScheme scheme) {
    NetworkSpec network =
        Architectures.named(architecture).spec(width, timesteps, 3, 32, 10, scheme, 2);

    long estimate = MemoryPlan.of(network, BATCH, 0, 0, 1).taskNativeBytes();

    assertThat((double) estimate / bytesOfAStep(network)).isBetween(1.0, 2.5);
  }

  private static long bytesOfAStep(NetworkSpec network) {
    NetworkLayout layout = NetworkLayout.of(network);
    int size = network.inputSize();
    float[] images = new float[BATCH * network.inputChannels() * size * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % 7 - 3;
    }
    try (Workspace workspace = new Workspace()) {
      new TrainingNetwork(layout)
          .gradient(
              new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters()),
              new Input(FloatTensor.of(images, BATCH, network.inputChannels(), size, size), BATCH),
              Targets.of(new int[BATCH]),
              LossTerms.of(0),
              workspace);
      return workspace.bytes();
    }
  }
}
