package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qsnn.golden.GoldenCase.distance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;

class Int8QuantizerGoldenTest {
  private final Int8Quantizer quantizer = new Int8Quantizer();

  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return GoldenCase.tests("weight-int8", this::check);
  }

  private void check(GoldenCase golden) {
    Window window = ParameterLayout.builder().add("w", golden.shape("latent")).build().window("w");
    float[] latent = golden.floats("latent");
    float[] effective = quantizer.quantize(latent, window).dequantize();
    assertThat(distance(effective, golden.floats("effective"))).isLessThan(1e-5);

    float[] gradient = golden.floats("grad_effective");
    quantizer.backwardInPlace(latent, window, new Annealing(1, 1), gradient);
    assertThat(distance(gradient, golden.floats("grad_latent"))).isLessThan(1e-5);
  }
}
