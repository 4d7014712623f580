package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.network.LossTerms.OverLayers;

class LossGoldenTest {
  @TestFactory
  Stream<DynamicTest> lossAndBothGradientsAgree() {
    return GoldenCase.tests("loss", LossGoldenTest::check);
  }

  private static void check(GoldenCase golden) {
    int[] shape = golden.shape("logits");
    float[] floatRates = golden.floats("firing_rates");
    double[] rates = new double[floatRates.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = floatRates[i];
    }
    Loss loss =
        Loss.of(
            golden.floats("logits"),
            shape[0],
            Targets.of(golden.ints("labels")),
            shape[2],
            rates,
            new LossTerms(
                golden.parameter("lambda").asDouble(),
                golden.isAsWritten() ? OverLayers.SUM : OverLayers.MEAN,
                0,
                0));
    float[] rateGradient = new float[rates.length];
    for (int i = 0; i < rates.length; i++) {
      rateGradient[i] = (float) loss.rateGradient()[i];
    }
    assertThat(GoldenCase.distance(new float[] {(float) loss.total()}, golden.floats("loss")))
        .isLessThan(1e-5);
    assertThat(GoldenCase.distance(loss.logitGradient(), golden.floats("grad_logits")))
        .isLessThan(1e-5);
    assertThat(GoldenCase.distance(rateGradient, golden.floats("grad_firing_rates")))
        .isLessThan(1e-5);
  }
}
