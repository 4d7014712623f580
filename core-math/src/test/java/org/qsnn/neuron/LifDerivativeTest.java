package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.model.LifNeuron;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;

/** The backward pass as the derivative of a {@link SmoothLif}. */
class LifDerivativeTest {
  private static final int BATCH = 2;
  private static final int CHANNELS = 3;
  private static final float CONSTANT = 0.3f;

  @ParameterizedTest
  @CsvSource({"1, 8, 5", "2, 8, 16", "3, 4, 9", "4, 2, 11", "2, 32, 8", "5, 32, 13", "1, 32, 1"})
  void backwardIsTheDerivativeAlongAnyDirection(int timesteps, int bits, int plane) {
    int size = timesteps * BATCH * CHANNELS * plane;
    LifKernel kernel = new LifKernel();
    Point point = new Point(timesteps, bits, plane);
    float[] g1 = DirectionalDerivative.normal(size, 1, 3);
    float[] g2 = DirectionalDerivative.normal(size, 1, 4);
    LifLayers.Run run = LifLayers.forward(kernel, point.layer, bits);
    FloatTensor dx = FloatTensor.allocate(size);
    ChannelSums sums =
        kernel.backward(
            point.layer, run.alphas(), new LifGradient(tensor(g1), tensor(g2), CONSTANT, dx));

    SmoothLif smooth = new SmoothLif(point.current, timesteps, bits);
    assertThat(SmoothLif.doubles(FloatTensor.of(run.spikes(), size))).isEqualTo(smooth.spikes());
    assertThat(run.spikeCount()).isBetween(size / 20L, size * 19L / 20);
    DirectionalDerivative.check(
        x -> weighted(smooth.spikes(x), g1, g2), point.floats(), dx.toArray());
    point.checkSums(sums, dx.toArray());
  }

  @ParameterizedTest
  @CsvSource({"2, 8", "3, 2", "4, 32"})
  void whereNoNeuronComesNearTheThresholdOnlyTheLastTimestepTeachesTheFirst(
      int timesteps, int bits) {
    // Up to the last timestep u < 0: no spike and no surrogate, m = tanh(u), or u for 32 bits.
    int plane = 9;
    float[] x = DirectionalDerivative.normal(timesteps * plane, 0.1, 5);
    for (int i = 0; i < x.length; i++) {
      x[i] += i < x.length - plane ? -0.6f : 1.2f;
    }
    float[] g = DirectionalDerivative.normal(x.length, 1, 6);
    LifLayers.Run run = LifLayers.forward(new LifKernel(), x, timesteps, 1, 1, plane, bits);
    float[] dx = LifLayers.backward(new LifKernel(), run, g);
    float[] u = run.membrane();
    for (int i = 0; i < plane; i++) {
      int last = x.length - plane + i;
      double expected = g[last] * Math.max(0, 1 - Math.abs(u[last] - LifNeuron.THRESHOLD));
      for (int t = timesteps - 2; t >= 0; t--) {
        double tanh = Math.tanh(u[t * plane + i]);
        expected *= LifNeuron.DECAY * (bits == 32 ? 1 : 1 - tanh * tanh);
        assertThat((double) dx[t * plane + i]).isCloseTo(expected, within(1e-6)).isNotZero();
      }
    }
  }

  private static double weighted(double[] spikes, float[] g1, float[] g2) {
    double sum = 0;
    for (int i = 0; i < spikes.length; i++) {
      sum += ((double) g1[i] + g2[i] + CONSTANT) * spikes[i];
    }
    return sum;
  }

  private static FloatTensor tensor(float[] values) {
    return FloatTensor.of(values, values.length);
  }

  /** A layer with two normalized currents, the second the same at every timestep. */
  private static final class Point {
    final LifLayer layer;
    final double[] current;
    private final double[] y1;
    private final double[] y2;
    private final int plane;

    Point(int timesteps, int bits, int plane) {
      this.plane = plane;
      int step = BATCH * CHANNELS * plane;
      FloatTensor first = FloatTensor.of(normal(timesteps * step, 1), timesteps * step);
      FloatTensor second = FloatTensor.of(normal(step, 2), step);
      this.y1 = SmoothLif.doubles(first);
      this.y2 = SmoothLif.doubles(second);
      Current a = affine(first, step, 0.9f, 0.2f);
      Current b = affine(second, 0, -0.5f, 0.4f);
      this.layer = LifLayers.layer(a, b, timesteps, BATCH, CHANNELS, plane, bits);
      this.current = new double[y1.length];
      for (int i = 0; i < current.length; i++) {
        int c = channel(i);
        current[i] =
            a.scale()[c] * y1[i] + a.offset()[c] + b.scale()[c] * y2[i % step] + b.offset()[c];
      }
    }

    private static float[] normal(int size, long seed) {
      return DirectionalDerivative.normal(size, 1, seed);
    }

    private static Current affine(FloatTensor y, int stride, float scale, float offset) {
      float[] scales = new float[CHANNELS];
      float[] offsets = new float[CHANNELS];
      float[] means = new float[CHANNELS];
      for (int c = 0; c < CHANNELS; c++) {
        scales[c] = scale * (1 + 0.1f * c);
        offsets[c] = offset + 0.1f * c;
        means[c] = 0.3f * c - 0.2f;
      }
      return new Current(y, stride, scales, offsets, means);
    }

    private int channel(int index) {
      return index / plane % CHANNELS;
    }

    float[] floats() {
      float[] values = new float[current.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) current[i];
      }
      return values;
    }

    void checkSums(ChannelSums sums, float[] dx) {
      double[] gradient = new double[CHANNELS];
      double[] first = new double[CHANNELS];
      double[] second = new double[CHANNELS];
      double size = 0;
      for (int i = 0; i < dx.length; i++) {
        int c = channel(i);
        gradient[c] += dx[i];
        first[c] += dx[i] * (y1[i] - layer.first().mean()[c]);
        second[c] += dx[i] * (y2[i % y2.length] - layer.second().mean()[c]);
        size += Math.abs(dx[i]);
      }
      assertThat(sums.gradient()).containsExactly(gradient, within(1e-6 * size));
      assertThat(sums.first()).containsExactly(first, within(2e-6 * size));
      assertThat(sums.second()).containsExactly(second, within(2e-6 * size));
    }
  }
}
