package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;

class LifGoldenTest {
  @TestFactory
  Stream<DynamicTest> spikesAndInputGradientAgree() {
    return GoldenCase.tests("lif", LifGoldenTest::check);
  }

  private static void check(GoldenCase golden) {
    int[] shape = golden.shape("x");
    int bits = golden.parameter("bits").asInt();
    LifKernel kernel = new LifKernel();
    LifLayers.Run run =
        LifLayers.forward(
            kernel, golden.floats("x"), shape[0], shape[1], shape[2], shape[3] * shape[4], bits);
    assertThat(run.spikes()).isEqualTo(golden.floats("spikes"));
    float[] gradient = LifLayers.backward(kernel, run, golden.floats("grad_spikes"));
    assertThat(GoldenCase.distance(gradient, golden.floats("grad_x"))).isLessThan(1e-5);
  }
}
