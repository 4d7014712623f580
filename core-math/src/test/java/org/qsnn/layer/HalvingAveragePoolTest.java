package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.model.Pool;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;

class HalvingAveragePoolTest {
  private static final int IMAGES = 2;
  private static final int CHANNELS = 5;

  private final Workspace workspace = new Workspace();

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 10, 16, 24, 32, 34, 48, 64, 66})
  void hasTheMeansOfAveragePool(int size) {
    Pooling general = new AveragePool(2);
    Pooling halving = Pooling.of(new Pool.Average(2), size);
    assertThat(halving).isInstanceOf(HalvingAveragePool.class);
    for (double rate : new double[] {0.5, 0.1, 0, 1}) {
      BitTensor spikes = spikes(size, rate);
      assertThat(halving.forward(spikes, "halving", workspace).toArray())
          .isEqualTo(general.forward(spikes, "general", workspace).toArray());
      assertThat(halving.backward(gradient(size), spikes, workspace).toArray())
          .isEqualTo(general.backward(gradient(size), spikes, workspace).toArray());
    }
  }

  @Test
  void otherWindowsAndOddSizesAreLeftToAveragePool() {
    assertThat(Pooling.of(new Pool.Average(2), 7)).isInstanceOf(AveragePool.class);
    assertThat(Pooling.of(new Pool.Average(4), 8)).isInstanceOf(AveragePool.class);
    assertThat(Pooling.of(new Pool.GlobalAverage(), 2)).isInstanceOf(AveragePool.class);
  }

  private static BitTensor spikes(int size, double rate) {
    float[] values = new float[IMAGES * CHANNELS * size * size];
    RandomStream random = RandomStream.of(size);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < rate ? 1 : 0;
    }
    return BitTensor.of(values, IMAGES, CHANNELS, size, size);
  }

  private FloatTensor gradient(int size) {
    FloatTensor gradient = workspace.take(IMAGES, CHANNELS, size / 2, size / 2);
    gradient.write(DirectionalDerivative.normal(gradient.size(), 1, 3));
    return gradient;
  }
}
