package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qsnn.golden.GoldenCase.distance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;

class MembraneQuantizerGoldenTest {
  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return GoldenCase.tests("membrane-quantizer", this::check);
  }

  private void check(GoldenCase golden) {
    if (golden.isAsWritten()) {
      checkAsWritten(golden);
      return;
    }
    MembraneQuantizer quantizer = new MembraneQuantizer(golden.parameter("bits").intValue());
    float[] membrane = golden.floats("u");
    float scale = MembraneQuantizer.scale(membrane);
    assertThat(distance(new float[] {scale}, golden.floats("alpha"))).isLessThan(1e-5);
    float[] quantized = quantizer.quantize(membrane, scale);
    assertThat(distance(quantized, golden.floats("quantized"))).isLessThan(1e-5);
    float[] gradient = quantizer.backward(membrane, golden.floats("grad_quantized"));
    assertThat(distance(gradient, golden.floats("grad_u"))).isLessThan(1e-5);
  }

  private static void checkAsWritten(GoldenCase golden) {
    float[] membrane = golden.floats("u");
    float scale = LinearMembraneQuantizer.scale(membrane);
    assertThat(distance(new float[] {scale}, golden.floats("alpha"))).isLessThan(1e-5);
    float[] quantized =
        new LinearMembraneQuantizer(golden.parameter("bits").intValue()).quantize(membrane, scale);
    assertThat(distance(quantized, golden.floats("quantized"))).isLessThan(1e-5);
    assertThat(distance(golden.floats("grad_quantized"), golden.floats("grad_u"))).isLessThan(1e-5);
  }
}
