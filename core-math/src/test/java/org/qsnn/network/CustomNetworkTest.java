package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.Architecture;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.tensor.Workspace;

/** Networks whose layers a user wrote: everything that a line may say, at odd sizes too. */
class CustomNetworkTest {
  private static final int BATCH = 3;

  private static SmallNetwork network(String layers, int size, WeightScheme scheme, int bits) {
    NetworkSpec spec = Architecture.custom(layers).spec(4, 3, 2, size, 5, scheme, bits);
    return new SmallNetwork(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv 4, max-pool 2, conv 6 bias, linear 7, readout",
        "conv 4 kernel 7 stride 2 named stem, max-pool 3 stride 2 padding 1, residual-block 6, readout",
        "conv 4, max-pool 3 stride 1, conv 8 kernel 4 padding 0, average-pool 2, readout draw normal",
        "conv 4 kernel 5, residual-block 4 times 2, residual-block 8 stride 2, global-average-pool, readout",
        "conv 4 stride 3, conv 5 kernel 2 stride 2 padding 0, linear 6 bias times 2, readout named scores",
        "conv 4 kernel 3 padding 0, conv 4 kernel 1, conv 4 stride 2, average-pool 3, linear 3, readout",
      })
  void answersPackedAsItDoesInTraining(String layers) {
    for (int size : new int[] {12, 24}) {
      for (int bits : new int[] {2, 32}) {
        SmallNetwork network = network(layers, size, WeightScheme.REGULATED, bits);
        Input input = network.frames(BATCH);
        try (Workspace workspace = new Workspace()) {
          float[] trained = network.trainingLogits(input, workspace);
          float[] inferred =
              new InferenceNetwork(network.packed(input), workspace).answer(input).logits();
          assertThat(GoldenCase.distance(inferred, trained)).as("%d", size).isLessThan(1e-5);
        }
      }
    }
  }

  /** Sizes that strides do not divide, behind a convolution without padding: as in PyTorch. */
  @Test
  void whatStridesLeaveOverIsLeftOutOrPadded() {
    SmallNetwork network =
        network(
            "conv 4 padding 0, residual-block 6 stride 2, conv 6 stride 2, average-pool 2, readout",
            15,
            WeightScheme.REGULATED,
            8);
    assertThat(network.spec.layers().stream().map(NetworkSpec.Layer::size))
        .isEqualTo(List.of(13, 7, 7, 4));
    Input input = network.frames(BATCH);
    try (Workspace workspace = new Workspace()) {
      float[] trained = network.trainingLogits(input, workspace);
      float[] inferred =
          new InferenceNetwork(network.packed(input), workspace).answer(input).logits();
      assertThat(GoldenCase.distance(inferred, trained)).isLessThan(1e-5);
      everyParameterHasAGradient(network, input, workspace);
    }
  }

  private static void everyParameterHasAGradient(
      SmallNetwork network, Input input, Workspace workspace) {
    ShardGradient gradient = network.gradient(input, workspace);
    assertThat(gradient.problem()).isEmpty();
    for (Window window : network.layout.parameters().windows()) {
      double sum = 0;
      for (int i = window.offset(); i < window.end(); i++) {
        sum += Math.abs(gradient.gradient()[i]);
      }
      assertThat(sum).as(window.name()).isPositive();
    }
  }

  @Test
  void aHiddenLinearLayerIsAConvolutionOfAllThatItReads() {
    NetworkSpec linear =
        Architecture.custom("conv 4, average-pool 2, linear 6, readout")
            .spec(4, 2, 2, 6, 5, WeightScheme.REGULATED, 8);
    assertThat(linear.layers().get(1).convolutions().get(0).weightShape())
        .containsExactly(6, 4, 3, 3);
    assertThat(linear.layers().get(1).size()).isEqualTo(1);
    assertThat(linear.readout().features()).isEqualTo(6);
    assertThat(linear.weights().get(1).form()).isEqualTo(WeightScheme.REGULATED.inner());
  }
}
