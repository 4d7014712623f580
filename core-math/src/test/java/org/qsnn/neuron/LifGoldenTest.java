package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.Surrogate;

class LifGoldenTest {
  @TestFactory
  Stream<DynamicTest> spikesAndInputGradientAgree() {
    return GoldenCase.tests("lif", LifGoldenTest::check);
  }

  private static void check(GoldenCase golden) {
    int[] shape = golden.shape("x");
    int bits = golden.parameter("bits").asInt();
    for (Neurons neurons : fastAndPlain(golden.isAsWritten(), bits)) {
      LifLayers.Run run =
          LifLayers.forward(
              neurons, golden.floats("x"), shape[0], shape[1], shape[2], shape[3] * shape[4], bits);
      assertThat(run.spikes()).isEqualTo(golden.floats("spikes"));
      float[] gradient = LifLayers.backward(neurons, run, golden.floats("grad_spikes"));
      assertThat(GoldenCase.distance(gradient, golden.floats("grad_x"))).isLessThan(1e-5);
    }
  }

  private static List<Neurons> fastAndPlain(boolean isAsWritten, int bits) {
    Firing firing = isAsWritten ? Firing.AT_OR_ABOVE : Firing.ABOVE;
    Quantization quantization = isAsWritten ? Quantization.BEFORE_FIRING : Quantization.AFTER_RESET;
    LifNeuron neuron = new LifNeuron(quantization, firing);
    LifConstants constants = LifConstants.of(neuron);
    LifEquations plain = new PlainLifEquations(constants);
    SurrogateGradient surrogate =
        new PlainSurrogateGradient(Surrogate.PUBLISHED, neuron.threshold());
    return List.of(
        Neurons.of(neuron, Surrogate.PUBLISHED, bits),
        isAsWritten && bits != 32
            ? new BeforeFiring(plain, new PlainBeforeFiringEquations(constants), surrogate)
            : new AfterReset(new LifKernel(plain, surrogate)));
  }
}
