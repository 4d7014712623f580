package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qsnn.golden.GoldenCase.distance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;

class WeightBinarizerGoldenTest {
  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return GoldenCase.tests("weight-binarizer", this::check);
  }

  private void check(GoldenCase golden) {
    Window window = ParameterLayout.builder().add("w", golden.shape("latent")).build().window("w");
    WeightBinarizer binarizer =
        new WeightBinarizer(
            golden.isAsWritten() ? WeightScheme.LAYER_REGULATED_MEAN : WeightScheme.REGULATED);
    float[] latent = golden.floats("latent");
    QuantizedTensor quantized = binarizer.quantize(latent, window);
    assertThat(distance(quantized.dequantize(), golden.floats("effective"))).isLessThan(1e-5);

    if (golden.isAsWritten()) {
      assertThat(distance(quantized.floats(), golden.floats("scale"))).isLessThan(1e-5);
    } else {
      checkExponents(golden, quantized);
    }

    Annealing annealing =
        new Annealing(golden.parameter("k").floatValue(), golden.parameter("t").floatValue());
    float[] gradient = golden.floats("grad_effective");
    binarizer.backwardInPlace(latent, window, annealing, gradient);
    assertThat(distance(gradient, golden.floats("grad_latent"))).isLessThan(1e-5);
  }

  private static void checkExponents(GoldenCase golden, QuantizedTensor quantized) {
    float[] scale = golden.floats("scale");
    int[] exponent = golden.ints("exponent");
    for (int channel = 0; channel < scale.length; channel++) {
      assertThat((int) quantized.exponents()[channel]).isEqualTo(exponent[channel]);
      assertThat(Math.scalb(1f, quantized.exponents()[channel])).isEqualTo(scale[channel]);
    }
  }
}
