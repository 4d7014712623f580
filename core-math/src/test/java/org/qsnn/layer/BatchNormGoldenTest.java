package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.tensor.FloatTensor;

class BatchNormGoldenTest {
  @TestFactory
  Stream<DynamicTest> forwardBackwardAndRunningStatisticsAgree() {
    return GoldenCase.tests("batch-norm", BatchNormGoldenTest::check);
  }

  private static void check(GoldenCase golden) {
    int[] shape = golden.shape("x");
    int channels = shape[2];
    FloatTensor x =
        FloatTensor.of(golden.floats("x"), shape[0] * shape[1], channels, shape[3], shape[4]);
    float[] gamma = golden.floats("gamma");
    float[] beta = golden.floats("beta");
    BatchNormalization.Statistics statistics = BatchNormalization.statistics(x, 1);
    BatchNormalization.Affine affine =
        BatchNormalization.fold(statistics.mean(), statistics.variance(), gamma, beta);
    assertClose(golden, "y", apply(affine, x, channels));

    float[] runningMean = golden.floats("running_mean");
    float[] runningVariance = golden.floats("running_var");
    float[] mean = new float[channels];
    float[] variance = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = (float) (0.1 * statistics.mean()[c]);
      variance[c] = (float) (0.9 + 0.1 * statistics.unbiasedVariance(c));
    }
    assertThat(GoldenCase.distance(mean, runningMean)).isLessThan(1e-5);
    assertThat(GoldenCase.distance(variance, runningVariance)).isLessThan(1e-5);
    assertClose(
        golden,
        "y_eval",
        apply(BatchNormalization.fold(doubles(mean), doubles(variance), gamma, beta), x, channels));

    checkBackward(golden, x, statistics, gamma);
  }

  private static void checkBackward(
      GoldenCase golden, FloatTensor x, BatchNormalization.Statistics statistics, float[] gamma) {
    int channels = gamma.length;
    FloatTensor dx = FloatTensor.of(golden.floats("grad_y"), x.shape());
    double[] sum = new double[channels];
    double[] centered = new double[channels];
    float[] g = dx.toArray();
    float[] values = x.toArray();
    for (int i = 0; i < g.length; i++) {
      int c = channel(i, x, channels);
      sum[c] += g[i];
      centered[c] += g[i] * (values[i] - statistics.mean()[c]);
    }
    float[] xGradient = new float[x.size()];
    new NormalizedGradient(statistics, gamma, dx, x, sum, centered)
        .read(0, xGradient, 0, xGradient.length);
    assertClose(golden, "grad_x", xGradient);
    float[] gammaGradient = new float[channels];
    float[] betaGradient = new float[channels];
    for (int c = 0; c < channels; c++) {
      gammaGradient[c] = BatchNormalization.weightGradient(statistics, centered, c);
      betaGradient[c] = (float) sum[c];
    }
    assertClose(golden, "grad_gamma", gammaGradient);
    assertClose(golden, "grad_beta", betaGradient);
  }

  private static void assertClose(GoldenCase golden, String tensor, float[] found) {
    assertThat(GoldenCase.distance(found, golden.floats(tensor))).as(tensor).isLessThan(1e-5);
  }

  private static float[] apply(BatchNormalization.Affine affine, FloatTensor x, int channels) {
    float[] y = x.toArray();
    for (int i = 0; i < y.length; i++) {
      int c = channel(i, x, channels);
      y[i] = Math.fma(affine.scale()[c], y[i], affine.offset()[c]);
    }
    return y;
  }

  private static int channel(int index, FloatTensor x, int channels) {
    return index / (x.dimension(2) * x.dimension(3)) % channels;
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
