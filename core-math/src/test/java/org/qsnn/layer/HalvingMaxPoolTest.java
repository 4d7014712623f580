package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.model.Pool;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class HalvingMaxPoolTest {
  private static final int IMAGES = 2;
  private static final int CHANNELS = 5;

  private final Workspace workspace = new Workspace();

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 10, 16, 24, 32, 34, 48, 64, 66})
  void hasTheBitsOfMaxPool(int size) {
    MaxPool general = new MaxPool(new Pool.Max(2));
    Pooling halving = Pooling.of(new Pool.Max(2), size);
    assertThat(halving).isInstanceOf(HalvingMaxPool.class);
    for (double rate : new double[] {0.5, 0.1, 0, 1}) {
      BitTensor spikes = spikes(size, rate);
      assertThat(halving.forward(spikes, "halving", workspace).toArray())
          .isEqualTo(general.forward(spikes, "general", workspace).toArray());
      assertThat(bits(halving.backward(gradient(size), spikes, workspace)))
          .isEqualTo(bits(general.backward(gradient(size), spikes, workspace)));
    }
  }

  @Test
  void otherWindowsAndOddSizesAreLeftToMaxPool() {
    assertThat(Pooling.of(new Pool.Max(2), 7)).isInstanceOf(MaxPool.class);
    assertThat(Pooling.of(new Pool.Max(2, 1, 0), 8)).isInstanceOf(MaxPool.class);
    assertThat(Pooling.of(new Pool.Max(2, 2, 1), 8)).isInstanceOf(MaxPool.class);
    assertThat(Pooling.of(new Pool.Max(3, 3, 0), 6)).isInstanceOf(MaxPool.class);
  }

  private static int[] bits(FloatTensor tensor) {
    float[] values = tensor.toArray();
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private static BitTensor spikes(int size, double rate) {
    float[] values = new float[IMAGES * CHANNELS * size * size];
    Random random = new Random(size);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < rate ? 1 : 0;
    }
    return BitTensor.of(values, IMAGES, CHANNELS, size, size);
  }

  /** Of both signs, with zeros of both signs among them. */
  private FloatTensor gradient(int size) {
    int half = size / 2;
    float[] values = DirectionalDerivative.normal(IMAGES * CHANNELS * half * half, 1, size);
    for (int i = 0; i < values.length; i += 3) {
      values[i] *= 0;
    }
    FloatTensor gradient = workspace.take(IMAGES, CHANNELS, half, half);
    gradient.write(values);
    return gradient;
  }
}
