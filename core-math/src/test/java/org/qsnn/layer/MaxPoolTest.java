package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.model.Pool;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class MaxPoolTest {
  private final Workspace workspace = new Workspace();

  @Test
  void aWindowWithASpikeIsASpike() {
    assertThat(new MaxPool(new Pool.Max(2)).forward(square(), "layer", workspace).toArray())
        .containsExactly(1, 0, 1, 1);
  }

  @Test
  void theGradientGoesToAWindowsFirstSpikeOrItsFirstNeuron() {
    FloatTensor gradient = workspace.take(1, 1, 2, 2);
    gradient.write(new float[] {1, 2, 3, 4});
    float[] found = new MaxPool(new Pool.Max(2)).backward(gradient, square(), workspace).toArray();
    assertThat(found)
        .containsExactly(
            0, 1, 2, 0, //
            0, 0, 0, 0, //
            0, 0, 4, 0, //
            3, 0, 0, 0);
  }

  /** The three by three windows of ResNet's stem: each begins a row and column before a pair. */
  @Test
  void windowsMayOverlapAndReachBeyondTheBorder() {
    MaxPool pool = new MaxPool(new Pool.Max(3, 2, 1));
    float[] values = {
      0, 0, 0, 0, //
      0, 0, 0, 0, //
      0, 0, 0, 0, //
      0, 1, 0, 0
    };
    BitTensor spikes = BitTensor.of(values, 1, 1, 4, 4);
    assertThat(pool.forward(spikes, "layer", workspace).toArray()).containsExactly(0, 0, 1, 1);

    FloatTensor gradient = workspace.take(1, 1, 2, 2);
    gradient.write(new float[] {1, 2, 3, 4});
    // Windows without a spike: the first neuron within the border. The others share theirs.
    assertThat(pool.backward(gradient, spikes, workspace).toArray())
        .containsExactly(
            1, 2, 0, 0, //
            0, 0, 0, 0, //
            0, 0, 0, 0, //
            0, 7, 0, 0);
  }

  private static BitTensor square() {
    float[] values = {
      0, 1, 0, 0, //
      1, 1, 0, 0, //
      0, 0, 1, 1, //
      1, 0, 1, 1
    };
    return BitTensor.of(values, 1, 1, 4, 4);
  }

  @ParameterizedTest
  @CsvSource({"2, 3, 8, 2", "1, 2, 6, 3", "3, 2, 4, 4", "2, 5, 16, 2", "1, 1, 7, 2"})
  void isTheLargestOfEachWindow(int images, int channels, int size, int extent) {
    float[] values = DirectionalDerivative.normal(images * channels * size * size, 1, 3);
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] > 0.8f ? 1 : 0;
    }
    BitTensor spikes = BitTensor.of(values, images, channels, size, size);
    // Twice: the second time over what the first left in the workspace.
    new MaxPool(new Pool.Max(extent)).forward(spikes, "layer", workspace);
    Activation pooled = new MaxPool(new Pool.Max(extent)).forward(spikes, "layer", workspace);
    assertThat(pooled).isInstanceOf(BitTensor.class);
    assertThat(pooled.toArray()).isEqualTo(largest(values, images * channels, size, extent));
  }

  private static float[] largest(float[] values, int planes, int size, int extent) {
    int out = size / extent;
    float[] largest = new float[planes * out * out];
    for (int p = 0; p < planes; p++) {
      for (int y = 0; y < out * extent; y++) {
        for (int x = 0; x < out * extent; x++) {
          int to = (p * out + y / extent) * out + x / extent;
          largest[to] = Math.max(largest[to], values[(p * size + y) * size + x]);
        }
      }
    }
    return largest;
  }
}
