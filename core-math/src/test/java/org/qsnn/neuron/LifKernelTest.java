package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;

class LifKernelTest {
  private final LifKernel kernel = LifKernel.best();

  @Test
  void leaksIntegratesFiresAndResets() {
    // u: 0.6, 0.3+0.8 = 1.1 fires and resets, 0+0.9, 0.45+0.55 = 1.0 does not fire
    float[] x = {0.6f, 0.8f, 0.9f, 0.55f};
    LifLayers.Run run = LifLayers.forward(kernel, x, 4, 1, 1, 1, 32);
    assertThat(run.spikes()).containsExactly(0, 1, 0, 0);
    assertThat(run.membrane()).containsExactly(0.6f, 0.8f + 0.3f, 0.9f, 0.45f + 0.55f);
    assertThat(run.spikeCount()).isEqualTo(1);
  }

  @Test
  void membraneExactlyAtTheThresholdDoesNotFire() {
    LifLayers.Run run = LifLayers.forward(kernel, new float[] {1f, Math.nextUp(1f)}, 1, 1, 1, 2, 8);
    assertThat(run.spikes()).containsExactly(0, 1);
  }

  @Test
  void twoBitMembraneCarriesOneOfThreeLevels() {
    // tanh: 0.66 is the largest and becomes α; 0.1 rounds to 0; −0.76 would be −α
    float[] x = {0.8f, 0.1f, -0.8f, 0f, 0f, 0f};
    LifLayers.Run run = LifLayers.forward(kernel, x, 2, 1, 1, 3, 2);
    float alpha = run.alphas()[0];
    assertThat(alpha).isCloseTo((float) Math.tanh(0.8), org.assertj.core.data.Offset.offset(1e-6f));
    assertThat(java.util.Arrays.copyOfRange(run.membrane(), 3, 6))
        .containsExactly(0.5f * alpha, 0f, -0.5f * alpha);
  }

  @Test
  void silentLayerCarriesZeroAndNoNaN() {
    float[] x = new float[2 * 9];
    LifLayers.Run run = LifLayers.forward(kernel, x, 2, 1, 1, 9, 8);
    assertThat(run.alphas()[0]).isZero();
    assertThat(run.membrane()).containsOnly(0f);
    float[] gradient = LifLayers.backward(kernel, run, new float[2 * 9]);
    assertThat(gradient).containsOnly(0f);
  }

  @Test
  void oneTimestepIsTheSurrogateTimesTheGradient() {
    float[] x = {0.25f, 1f, 1.5f, 2.5f, -3f};
    LifLayers.Run run = LifLayers.forward(kernel, x, 1, 1, 1, 5, 8);
    float[] gradient = LifLayers.backward(kernel, run, new float[] {1, 1, 1, 1, 1});
    assertThat(gradient).containsExactly(0.25f, 1f, 0.5f, 0f, 0f);
  }

  @Test
  void surrogateIsTheDerivativeOfItsPrimitive() {
    for (float u = -0.51f; u < 2.6f; u += 0.07f) {
      double step = 1e-4;
      double slope = (SmoothLif.primitive(u + step) - SmoothLif.primitive(u - step)) / (2 * step);
      assertThat((double) LifConstants.surrogate(u))
          .isCloseTo(slope, org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 1024, 2", "4, 36, 3", "2, 9, 5", "32, 64, 4", "8, 5, 1", "8, 1, 2"})
  void vectorAndPlainKernelsGiveTheSameBits(int bits, int plane, int timesteps) {
    int channels = 3;
    int batch = 2;
    int step = batch * channels * plane;
    FloatTensor y1 = random(1, timesteps * step);
    FloatTensor y2 = random(2, timesteps * step);
    float[] g1 = random(3, timesteps * step).toArray();
    FloatTensor g2 = random(4, timesteps * step);
    Bits plain = run(new PlainLifKernel(), y1, y2, g1, g2, timesteps, batch, channels, plane, bits);
    Bits vector =
        run(new VectorLifKernel(), y1, y2, g1, g2, timesteps, batch, channels, plane, bits);
    assertThat(vector.dx()).isEqualTo(plain.dx());
    assertThat(vector.run().spikes()).isEqualTo(plain.run().spikes());
    assertThat(vector.run().membrane()).isEqualTo(plain.run().membrane());
    assertThat(vector.run().alphas()).isEqualTo(plain.run().alphas());
    assertThat(vector.run().spikeCount()).isEqualTo(plain.run().spikeCount()).isPositive();
    assertThat(vector.sums().gradient()).isEqualTo(plain.sums().gradient());
    assertThat(vector.sums().first()).isEqualTo(plain.sums().first());
    assertThat(vector.sums().second()).isEqualTo(plain.sums().second());
  }

  private record Bits(LifLayers.Run run, float[] dx, ChannelSums sums) {}

  private static Bits run(
      LifKernel kernel,
      FloatTensor y1,
      FloatTensor y2,
      float[] g1,
      FloatTensor g2,
      int timesteps,
      int batch,
      int channels,
      int plane,
      int bits) {
    Current first = affine(y1, y1.size() / timesteps, channels);
    Current second = affine(y2, 0, channels);
    LifLayer layer = LifLayers.layer(first, second, timesteps, batch, channels, plane, bits);
    LifLayers.Run run = LifLayers.forward(kernel, layer, bits);
    FloatTensor gradient = FloatTensor.of(g1, g1.length);
    ChannelSums sums =
        kernel.backward(
            layer, new LifGradient(gradient.bytes(), g2.bytes(), 0.01f, gradient.bytes()));
    return new Bits(run, gradient.toArray(), sums);
  }

  private static Current affine(FloatTensor y, int stride, int channels) {
    float[] scale = new float[channels];
    float[] offset = new float[channels];
    float[] mean = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = 0.7f + 0.2f * c;
      offset[c] = 0.3f - 0.1f * c;
      mean[c] = 0.05f * c;
    }
    return new Current(y.bytes(), stride, scale, offset, mean);
  }

  private static FloatTensor random(long seed, int size) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatTensor.of(values, size);
  }
}
