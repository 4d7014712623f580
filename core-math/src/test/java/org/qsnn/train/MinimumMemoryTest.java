package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.Input;
import org.qsnn.network.LossTerms;
import org.qsnn.network.Targets;
import org.qsnn.network.TrainingNetwork;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class MinimumMemoryTest {
  private static final int BATCH = 4;

  @ParameterizedTest
  @CsvSource({
    "resnet19, 8, 1, REGULATED",
    "resnet19, 8, 4, REGULATED",
    "resnet19, 8, 2, FLOAT",
    "vggsnn, 4, 3, REGULATED",
  })
  void aTrainingTakesAtLeastAsMuch(
      String architecture, int width, int timesteps, WeightScheme scheme) {
    NetworkSpec network =
        Architectures.named(architecture).spec(width, timesteps, 3, 32, 10, scheme, 2);
    MinimumMemory minimum =
        MinimumMemory.ofTraining(network, BATCH, 1, Descent.of(Sgd.standard(), 0.1));

    long taken = bytesOfAStep(network);

    assertThat(minimum.nativeBytes()).isBetween(taken / 4, taken);
    assertThat(minimum.driverBytes()).isEqualTo(3 * 4 * minimum.parameters());
    MinimumMemory withAdam =
        MinimumMemory.ofTraining(
            network, BATCH, 1, Descent.of(new Adam(0.9f, 0.999f, 1e-8f, 0), 0.001));
    assertThat(withAdam.driverBytes()).isEqualTo(4 * 4 * minimum.parameters());
  }

  @Test
  void noSizeOverflows() {
    NetworkSpec network =
        Architectures.VGGSNN.spec(1024, 1000, 2, 1024, 1000, WeightScheme.REGULATED, 2);
    MinimumMemory minimum =
        MinimumMemory.ofTraining(network, 1_000_000, 1000, Descent.of(Sgd.standard(), 0.1));

    assertThat(minimum.parameters()).isGreaterThan(1L << 34);
    assertThat(minimum.largestTensor()).isEqualTo(2048L * 1024 * 1024 * 1000 * 1_000_000);
    assertThat(minimum.nativeBytes()).isPositive();
  }

  /** A file of some kilobytes may describe it. */
  @Test
  void aSmallModelMayTakeLargeFrames() {
    NetworkSpec model = Architectures.VGGSNN.spec(1, 1000, 2, 1024, 2, WeightScheme.REGULATED, 2);

    assertThat(MinimumMemory.ofInference(model, 1000).largestTensor())
        .isEqualTo(2L * 1024 * 1024 * 1000);
  }

  private static long bytesOfAStep(NetworkSpec network) {
    NetworkLayout layout = NetworkLayout.of(network);
    int size = network.inputSize();
    float[] images = new float[BATCH * network.inputChannels() * size * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % 7 - 3;
    }
    try (Workspace workspace = new Workspace()) {
      FloatTensor input = FloatTensor.of(images, BATCH, network.inputChannels(), size, size);
      new TrainingNetwork(layout)
          .gradient(
              new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters()),
              new Input(input, BATCH),
              Targets.of(new int[BATCH]),
              LossTerms.of(0),
              workspace);
      return workspace.bytes();
    }
  }
}
