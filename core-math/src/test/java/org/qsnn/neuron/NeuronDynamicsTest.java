package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.Surrogate;
import org.qsnn.model.Surrogate.Form;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTanh;

/** Neurons of other decays, thresholds, resets and surrogates than the published code's. */
class NeuronDynamicsTest {
  private static final List<LifNeuron> AFTER_RESET =
      List.of(
          neuron(Quantization.AFTER_RESET, Firing.ABOVE, 0.9f, 1f, Reset.HARD),
          neuron(Quantization.AFTER_RESET, Firing.ABOVE, 0.3f, 0.5f, Reset.SOFT),
          neuron(Quantization.AFTER_RESET, Firing.AT_OR_ABOVE, 1f, 1.3f, Reset.SOFT),
          neuron(Quantization.AFTER_RESET, Firing.AT_OR_ABOVE, 1f, 0.75f, Reset.HARD),
          neuron(Quantization.AFTER_RESET, Firing.ABOVE, 0f, 0.2f, Reset.SOFT));

  private static final List<LifNeuron> BEFORE_FIRING =
      AFTER_RESET.stream()
          .map(
              n ->
                  neuron(
                      Quantization.BEFORE_FIRING, n.firing(), n.decay(), n.threshold(), n.reset()))
          .toList();

  private static LifNeuron neuron(
      Quantization quantization, Firing firing, float decay, float threshold, Reset reset) {
    return new LifNeuron(quantization, firing, decay, threshold, reset);
  }

  private static float[] spikes(LifNeuron neuron, float... x) {
    Neurons neurons = Neurons.of(neuron, Surrogate.PUBLISHED, 32);
    return LifLayers.forward(neurons, x, x.length, 1, 1, 1, 32).spikes();
  }

  @Test
  void aSoftResetLeavesWhatWasBeyondTheThreshold() {
    // u: 0.75, 0.375 + 1 = 1.375 fires and leaves 0.375, 0.1875 + 0.875 = 1.0625 fires, leaves
    // 0.0625, 0.03125 + 0.9375 stays below
    float[] x = {0.75f, 1f, 0.875f, 0.9375f};
    LifNeuron soft = neuron(Quantization.AFTER_RESET, Firing.ABOVE, 0.5f, 1f, Reset.SOFT);
    assertThat(spikes(soft, x)).containsExactly(0, 1, 1, 0);
    assertThat(spikes(LifNeuron.PUBLISHED, x)).containsExactly(0, 1, 0, 1);
  }

  @Test
  void withADecayOfOneNothingLeaks() {
    // u: 0.375, 0.75, 1.125 fires and is 0, 0.375, 0.75, 1.125
    LifNeuron fires = neuron(Quantization.AFTER_RESET, Firing.ABOVE, 1f, 1f, Reset.HARD);
    float[] x = {0.375f, 0.375f, 0.375f, 0.375f, 0.375f, 0.375f};
    assertThat(spikes(fires, x)).containsExactly(0, 0, 1, 0, 0, 1);
    // with what was left of it: 0.125 + 0.375 = 0.5, 0.875, 1.25
    LifNeuron soft = neuron(Quantization.AFTER_RESET, Firing.ABOVE, 1f, 1f, Reset.SOFT);
    assertThat(spikes(soft, x)).containsExactly(0, 0, 1, 0, 0, 1);
    assertThat(spikes(soft, 0.75f, 0.75f, 0.75f, 0.75f)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void aSpikeTakesOneThresholdFromAPotentialOfMany() {
    LifNeuron soft = neuron(Quantization.AFTER_RESET, Firing.ABOVE, 1f, 0.5f, Reset.SOFT);
    // 2, 1.5, 1, 0.5 does not fire
    assertThat(spikes(soft, 2f, 0f, 0f, 0f, 0f)).containsExactly(1, 1, 1, 0, 0);
    LifNeuron atOrAbove =
        neuron(Quantization.AFTER_RESET, Firing.AT_OR_ABOVE, 1f, 0.5f, Reset.SOFT);
    assertThat(spikes(atOrAbove, 2f, 0f, 0f, 0f, 0f)).containsExactly(1, 1, 1, 1, 0);
  }

  @Test
  void aQuantizedPotentialIsResetSoftlyToo() {
    // 8 bits, α = 1.27: steps of 0.01. q = 1.27 fires and leaves 0.27; the others leave 0.4, −0.1.
    // Then u = 0.135 + 1.135 = 1.27, 0.2 + 0.5, −0.05 + 0.1
    LifNeuron soft = neuron(Quantization.BEFORE_FIRING, Firing.ABOVE, 0.5f, 1f, Reset.SOFT);
    Neurons neurons = Neurons.of(soft, Surrogate.PUBLISHED, 8);
    float[] x = {1.27f, 0.4f, -0.1f, 1.135f, 0.5f, 0.1f};
    LifLayers.Run run = LifLayers.forward(neurons, x, 2, 1, 1, 3, 8);
    assertThat(run.spikes()).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(run.alphas()[1]).isCloseTo(1.27f, org.assertj.core.data.Offset.offset(1e-6f));
  }

  static Stream<Arguments> neuronsAndBits() {
    return Stream.concat(AFTER_RESET.stream(), BEFORE_FIRING.stream())
        .flatMap(neuron -> Stream.of(2, 4, 8, 32).map(bits -> Arguments.of(neuron, bits)));
  }

  @ParameterizedTest
  @MethodSource("neuronsAndBits")
  void vectorsAndPlainLoopsGiveTheSameBits(LifNeuron neuron, int bits) {
    for (Form form : Form.values()) {
      Surrogate surrogate = new Surrogate(form, 0.8f);
      int plane = 1037;
      float[] x = DirectionalDerivative.normal(3 * plane, 1.5, bits);
      x[5] = 40f;
      x[6] = -40f;
      x[7] = neuron.threshold();
      x[8] = Math.nextDown(neuron.threshold());
      float[] g = DirectionalDerivative.normal(x.length, 1, 9);
      Neurons fast = Neurons.of(neuron, surrogate, bits);
      Neurons plain = plain(neuron, surrogate, bits);
      LifLayers.Run expected = LifLayers.forward(plain, x, 3, 1, 1, plane, bits);
      LifLayers.Run run = LifLayers.forward(fast, x, 3, 1, 1, plane, bits);
      assertThat(run.spikes()).isEqualTo(expected.spikes());
      assertThat(run.alphas()).isEqualTo(expected.alphas());
      assertThat(LifLayers.backward(fast, run, g))
          .isEqualTo(LifLayers.backward(plain, expected, g));
    }
  }

  private static Neurons plain(LifNeuron neuron, Surrogate surrogate, int bits) {
    LifConstants constants = LifConstants.of(neuron);
    LifEquations equations = new PlainLifEquations(constants);
    SurrogateGradient gradient = new PlainSurrogateGradient(surrogate, neuron.threshold());
    return neuron.quantization() == Quantization.BEFORE_FIRING && bits != 32
        ? new BeforeFiring(equations, new PlainBeforeFiringEquations(constants), gradient)
        : new AfterReset(new LifKernel(equations, gradient));
  }

  @ParameterizedTest
  @MethodSource("neuronsAndBits")
  void loopsWithoutBranchesGiveTheBitsOfTheDefinition(LifNeuron neuron, int bits) {
    int plane = 300;
    int timesteps = 4;
    float[] x = DirectionalDerivative.normal(timesteps * plane, 1, bits);
    Neurons neurons = Neurons.of(neuron, Surrogate.PUBLISHED, bits);
    LifLayers.Run run = LifLayers.forward(neurons, x, timesteps, 1, 1, plane, bits);
    boolean isBefore = neuron.quantization() == Quantization.BEFORE_FIRING && bits != 32;
    float[] m = new float[plane];
    for (int t = 0; t < timesteps; t++) {
      float[] u = Arrays.copyOfRange(x, t * plane, (t + 1) * plane);
      for (int i = 0; t > 0 && i < plane; i++) {
        u[i] = Math.fma(neuron.decay(), m[i], u[i]);
      }
      float[] q = isBefore ? quantized(u, bits) : u;
      for (int i = 0; i < plane; i++) {
        boolean fires =
            neuron.firing() == Firing.ABOVE
                ? q[i] > neuron.threshold()
                : q[i] >= neuron.threshold();
        assertThat(run.spikes()[t * plane + i]).isEqualTo(fires ? 1f : 0f);
        float left = neuron.reset() == Reset.HARD ? 0f : q[i] - neuron.threshold();
        m[i] = fires ? left : q[i];
        m[i] = isBefore || bits == 32 ? m[i] : FloatTanh.tanh(m[i]);
      }
      m = isBefore || bits == 32 ? m : quantized(m, bits);
    }
  }

  private static float[] quantized(float[] values, int bits) {
    int levels = MembraneScale.levels(bits);
    float alpha = 0;
    for (float value : values) {
      alpha = Math.max(alpha, Math.abs(value));
    }
    float[] quantized = new float[values.length];
    for (int i = 0; i < quantized.length; i++) {
      quantized[i] = (float) Math.rint(values[i] / alpha * levels) * (alpha / levels);
    }
    return quantized;
  }

  static Stream<Arguments> neuronsAndSurrogates() {
    return Stream.concat(AFTER_RESET.stream(), BEFORE_FIRING.stream())
        .flatMap(
            neuron ->
                Stream.of(Form.values())
                    .map(form -> Arguments.of(neuron, new Surrogate(form, 1.7f))));
  }

  @ParameterizedTest
  @MethodSource("neuronsAndSurrogates")
  void backwardIsTheDerivativeAlongAnyDirection(LifNeuron neuron, Surrogate surrogate) {
    for (int bits : new int[] {4, 8, 32}) {
      int timesteps = 3;
      int plane = 24;
      float[] x = DirectionalDerivative.normal(timesteps * plane, 0.9, 7);
      float[] g = DirectionalDerivative.normal(x.length, 1, 8);
      Neurons neurons = Neurons.of(neuron, surrogate, bits);
      LifLayers.Run run = LifLayers.forward(neurons, x, timesteps, 1, 1, plane, bits);
      float[] dx = LifLayers.backward(neurons, run, g);

      assertThat(run.spikeCount()).isPositive();
      if (neuron.quantization() == Quantization.BEFORE_FIRING && bits != 32) {
        DirectionalDerivative.check(
            at -> BeforeFiringTest.smooth(neuron, surrogate, at, x, run, timesteps, bits, g),
            x,
            dx);
      } else {
        SmoothLif smooth = new SmoothLif(doubles(x), timesteps, bits, neuron, surrogate);
        assertThat(doubles(run.spikes())).isEqualTo(smooth.spikes());
        DirectionalDerivative.check(at -> weighted(smooth.spikes(at), g), x, dx);
      }
    }
  }

  private static double weighted(double[] spikes, float[] g) {
    double sum = 0;
    for (int i = 0; i < spikes.length; i++) {
      sum += g[i] * spikes[i];
    }
    return sum;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @Test
  void aNeuronThatIsNoneIsRefused() {
    assertThatThrownBy(() -> neuron(Quantization.AFTER_RESET, Firing.ABOVE, 1.5f, 1f, Reset.HARD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decay: must be 0 to 1; found 1.5");
    for (float threshold : new float[] {0f, -1f, 1e4f, Float.NaN}) {
      assertThatThrownBy(
              () -> neuron(Quantization.AFTER_RESET, Firing.ABOVE, 0.5f, threshold, Reset.HARD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("threshold: must be 0.001 to 1000.0; found " + threshold);
    }
  }
}
