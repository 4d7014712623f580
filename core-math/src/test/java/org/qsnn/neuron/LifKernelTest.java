package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.model.LifNeuron;
import org.qsnn.tensor.FloatTanh;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;

class LifKernelTest {
  private final LifKernel kernel = new LifKernel();

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

  @ParameterizedTest
  @CsvSource({"8, 1024, 2", "4, 36, 3", "2, 9, 5", "32, 64, 4", "8, 5, 1", "8, 1, 2"})
  void loopsWithoutBranchesGiveTheBitsOfTheDefinition(int bits, int plane, int timesteps) {
    int channels = 3;
    int batch = 2;
    int step = batch * channels * plane;
    Current first = affine(random(1, timesteps * step), step, channels);
    Current second = affine(random(2, step), 0, channels);
    LifLayer layer = LifLayers.layer(first, second, timesteps, batch, channels, plane, bits);
    LifLayers.Run run = LifLayers.forward(kernel, layer, bits);
    float[] m = new float[step];
    for (int t = 0; t < timesteps; t++) {
      float largest = 0;
      for (int i = 0; i < step; i++) {
        int c = i / plane % channels;
        float u = Math.fma(first.scale()[c], at(first, t, i), layer.offset(c));
        u = Math.fma(second.scale()[c], at(second, t, i), u);
        u = t == 0 ? u : Math.fma(LifNeuron.DECAY, m[i], u);
        boolean fires = u > LifNeuron.THRESHOLD;
        assertThat(run.membrane()[t * step + i]).isEqualTo(u);
        assertThat(run.spikes()[t * step + i]).isEqualTo(fires ? 1f : 0f);
        float h = fires ? 0f : u;
        m[i] = bits == 32 ? h : FloatTanh.tanh(h);
        largest = Math.max(largest, Math.abs(m[i]));
      }
      if (t < timesteps - 1 && bits != 32) {
        assertThat(run.alphas()[t]).isEqualTo(largest);
        int levels = MembraneScale.levels(bits);
        for (int i = 0; i < step; i++) {
          m[i] = (float) Math.rint(m[i] / largest * levels) * (largest / levels);
        }
      }
    }
  }

  private static float at(Current current, int timestep, int index) {
    return current.values().toArray()[timestep * current.timePitch() + index];
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
    return new Current(y, stride, scale, offset, mean);
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
