package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.Surrogate;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.quantize.LinearMembraneQuantizer;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;

class BeforeFiringTest {
  private static final float[] SPECIAL = {
    0f, -0f, 1f, Math.nextUp(1f), Math.nextDown(1f), 2f, -1f, -20f, 1e30f, Float.NaN
  };

  private static final LifNeuron AS_WRITTEN =
      new LifNeuron(Quantization.BEFORE_FIRING, Firing.AT_OR_ABOVE);
  private static final LifConstants CONSTANTS = LifConstants.of(AS_WRITTEN);

  private final BeforeFiringEquations plain = new PlainBeforeFiringEquations(CONSTANTS);
  private final BeforeFiringEquations vector = new VectorBeforeFiringEquations(CONSTANTS);
  private final Neurons neurons = new BeforeFiring(AS_WRITTEN, Surrogate.PUBLISHED);

  static Stream<Arguments> sizesAndLevels() {
    return IntStream.of(0, 1, 7, 8, 21, 32, 63, 1024)
        .boxed()
        .flatMap(n -> IntStream.of(1, 7, 127).mapToObj(levels -> Arguments.of(n, levels)));
  }

  @ParameterizedTest
  @MethodSource("sizesAndLevels")
  void vectorsAndPlainLoopsGiveTheSameBits(int n, int levels) {
    for (float alpha : new float[] {0f, 0.8f, 3f}) {
      float[][] u = {values(1, n), values(1, n)};
      float[][] q = {values(2, n), values(2, n)};
      MembraneScale scale = new MembraneScale(alpha, levels);
      plain.quantize(u[0], 2, scale, q[0], u[0], n);
      vector.quantize(u[1], 2, scale, q[1], u[1], n);
      assertThat(u[1]).isEqualTo(u[0]);
      assertThat(q[1]).isEqualTo(q[0]);

      for (boolean isCarried : new boolean[] {true, false}) {
        float[][] g = {values(3, n), values(3, n)};
        float[][] dm = {values(4, n), values(4, n)};
        float[] slopes = values(5, n);
        plain.backward(g[0], 0.1f, dm[0], q[0], slopes, isCarried, n);
        vector.backward(g[1], 0.1f, dm[1], q[0], slopes, isCarried, n);
        assertThat(g[1]).isEqualTo(g[0]);
        assertThat(dm[1]).isEqualTo(dm[0]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 1024, 2", "4, 36, 3", "2, 9, 5", "8, 5, 1", "2, 1, 2"})
  void loopsWithoutBranchesGiveTheBitsOfTheDefinition(int bits, int plane, int timesteps) {
    int channels = 3;
    int batch = 2;
    int step = batch * channels * plane;
    float[] x = DirectionalDerivative.normal(timesteps * step, 1, bits);
    LifLayers.Run run = LifLayers.forward(neurons, x, timesteps, batch, channels, plane, bits);
    LinearMembraneQuantizer quantizer = new LinearMembraneQuantizer(bits);
    float[] m = new float[step];
    for (int t = 0; t < timesteps; t++) {
      float[] u = Arrays.copyOfRange(x, t * step, (t + 1) * step);
      for (int i = 0; t > 0 && i < step; i++) {
        u[i] = Math.fma(LifNeuron.DECAY, m[i], u[i]);
      }
      float alpha = LinearMembraneQuantizer.scale(u);
      assertThat(run.alphas()[t]).isEqualTo(alpha);
      float[] q = quantizer.quantize(u, alpha);
      for (int i = 0; i < step; i++) {
        assertThat(run.spikes()[t * step + i]).isEqualTo(q[i] >= LifNeuron.THRESHOLD ? 1f : 0f);
        m[i] = q[i] >= LifNeuron.THRESHOLD ? 0f : q[i];
      }
    }
  }

  @Test
  void twoBitMembraneFiresOnlyNearItsLargest() {
    // α = 1.2: 0.7 is rounded up to it and fires, 0.5 is rounded down to 0
    LifLayers.Run run =
        LifLayers.forward(neurons, new float[] {1.2f, 0.7f, 0.5f, -1.1f}, 1, 1, 1, 4, 2);

    assertThat(run.spikes()).containsExactly(1, 1, 0, 0);
    assertThat(run.alphas()).containsExactly(1.2f);
  }

  @Test
  void membraneExactlyAtTheThresholdFires() {
    LifLayers.Run run = LifLayers.forward(neurons, new float[] {1f, 0.2f}, 1, 1, 1, 2, 8);

    assertThat(run.spikes()).containsExactly(1, 0);
    Neurons above =
        new BeforeFiring(
            new LifNeuron(Quantization.BEFORE_FIRING, Firing.ABOVE), Surrogate.PUBLISHED);
    assertThat(LifLayers.forward(above, new float[] {1f, 0.2f}, 1, 1, 1, 2, 8).spikes())
        .containsExactly(0, 0);
  }

  @Test
  void silentLayerCarriesZeroAndNoNaN() {
    LifLayers.Run run = LifLayers.forward(neurons, new float[18], 2, 1, 1, 9, 8);

    assertThat(run.alphas()).containsOnly(0f);
    assertThat(LifLayers.backward(neurons, run, new float[18])).containsOnly(0f);
  }

  @Test
  void aStoredScaleClampsWhatIsLarger() {
    LifLayer layer =
        LifLayers.layer(
            LifLayers.current(FloatTensor.of(new float[] {5f, 0.9f, 0.5f}, 1, 1, 3, 1), 3, 1),
            null,
            1,
            1,
            1,
            3,
            4);
    neurons.forward(layer, new float[] {0.9f});

    assertThat(layer.spikes().toArray()).containsExactly(0, 0, 0);
    neurons.forward(layer, new float[] {1.1f});
    assertThat(layer.spikes().toArray()).containsExactly(1, 0, 0);
  }

  @Test
  void aMembraneThatIsNotFiniteDoesNotHideBehindItsScale() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] x = new float[40];
      x[33] = value;
      LifLayer layer =
          LifLayers.layer(
              LifLayers.current(FloatTensor.of(x, 1, 1, 40, 1), 40, 1), null, 1, 1, 1, 40, 8);
      assertThat(neurons.forward(layer, new float[] {1f}).largest()[0]).isNaN();
      assertThat(neurons.forward(layer, null).largest()[0]).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 8, 5", "2, 8, 16", "3, 4, 9", "4, 2, 11"})
  void backwardIsTheDerivativeAlongAnyDirection(int timesteps, int bits, int plane) {
    float[] x = DirectionalDerivative.normal(timesteps * plane, 0.7, 7);
    float[] g = DirectionalDerivative.normal(x.length, 1, 8);
    LifLayers.Run run = LifLayers.forward(neurons, x, timesteps, 1, 1, plane, bits);
    float[] dx = LifLayers.backward(neurons, run, g);

    assertThat(run.spikeCount()).isPositive();
    DirectionalDerivative.check(
        at -> smooth(AS_WRITTEN, Surrogate.PUBLISHED, at, x, run, timesteps, bits, g), x, dx);
  }

  /**
   * Σ g · s in double precision near x₀: q moves as u does, s as the surrogate's primitive, from
   * where both are at x₀.
   */
  static double smooth(
      LifNeuron neuron,
      Surrogate surrogate,
      double[] x,
      float[] x0,
      LifLayers.Run run,
      int timesteps,
      int bits,
      float[] g) {
    int plane = x.length / timesteps;
    double levels = MembraneScale.levels(bits);
    double threshold = neuron.threshold();
    double sum = 0;
    for (int i = 0; i < plane; i++) {
      double m = 0;
      double m0 = 0;
      for (int t = 0; t < timesteps; t++) {
        int at = t * plane + i;
        double alpha = run.alphas()[t];
        double u0 = neuron.decay() * m0 + x0[at];
        double q0 = Math.rint(u0 / alpha * levels) * alpha / levels;
        double s0 = run.spikes()[at];
        double q = q0 + neuron.decay() * m + x[at] - u0;
        double s =
            s0
                + SmoothLif.primitive(surrogate, q - threshold)
                - SmoothLif.primitive(surrogate, q0 - threshold);
        sum += g[at] * s;
        m = SmoothLif.reset(neuron, q, s);
        m0 = SmoothLif.reset(neuron, q0, s0);
      }
    }
    return sum;
  }

  @Test
  void gradientIsPassedStraightThroughTheRounding() {
    // u = q = −0.5, −0.25 + 1.25 = 1: nothing fires first, then the threshold is met exactly.
    float[] x = {-0.5f, 1f, 1.25f, 1f};
    LifLayers.Run run = LifLayers.forward(neurons, x, 2, 1, 1, 2, 8);
    float[] dx = LifLayers.backward(neurons, run, new float[] {0, 0, 2, 0});

    // α = 1.25 + 0.5 · m; the first neuron's surrogate is 0 at −0.5, and dm = 0.5 · du.
    float q = 1f;
    assertThat(dx[2]).isCloseTo(2f * (1 - Math.abs(q - 1f)), within(0.02f));
    assertThat(dx[0]).isEqualTo(LifNeuron.DECAY * dx[2]);
  }

  /** Three more than n; what is special among what is ordinary. */
  private static float[] values(int seed, int n) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[n + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextInt(4) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (float) random.nextGaussian();
    }
    return values;
  }
}
