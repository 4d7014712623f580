package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.layer.BatchNormalization.Affine;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;

class BatchNormalizationTest {
  private static final int CHANNELS = 3;
  private static final float[] GAMMA = {1f, -0.5f, 2f};
  private static final float[] BETA = {0.1f, 0f, -3f};

  @ParameterizedTest
  @CsvSource({"4, 2, 1", "1, 3, 1", "2, 6, 1", "2, 3, 3", "1, 4, 2", "5, 1, 1"})
  void backwardIsTheDerivativeSummedOverRepeats(int images, int size, int repeats) {
    FloatTensor y = images(images, size);
    Statistics statistics = BatchNormalization.statistics(y, repeats);
    float[] g = DirectionalDerivative.normal(repeats * y.size(), 1, 2);
    FloatTensor dx = FloatTensor.of(g, repeats * images, CHANNELS, size, size);
    double[] sum = new double[CHANNELS];
    double[] centered = new double[CHANNELS];
    float[] values = y.toArray();
    for (int i = 0; i < g.length; i++) {
      int c = i / (size * size) % CHANNELS;
      sum[c] += g[i];
      centered[c] += g[i] * (values[i % values.length] - statistics.mean()[c]);
    }
    float[] dy = new float[y.size()];

    new NormalizedGradient(statistics, GAMMA, dx, y, sum, centered).read(0, dy, 0, dy.length);

    double[] gamma = DoubleLayers.doubles(GAMMA);
    double[] beta = DoubleLayers.doubles(BETA);
    DirectionalDerivative.check(p -> repeated(p, size, gamma, beta, g), values, dy);
    float[] gammaGradient = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      gammaGradient[c] = BatchNormalization.weightGradient(statistics, centered, c);
    }
    DirectionalDerivative.check(
        p -> repeated(DoubleLayers.doubles(values), size, p, beta, g), GAMMA, gammaGradient);
  }

  private static double repeated(double[] y, int size, double[] gamma, double[] beta, float[] g) {
    double[] normalized = DoubleLayers.normalize(y, CHANNELS, size * size, gamma, beta);
    double sum = 0;
    for (int i = 0; i < g.length; i++) {
      sum += normalized[i % y.length] * g[i];
    }
    return sum;
  }

  @Test
  void foldedMapIsTheNormalization() {
    FloatTensor y = images(3, 5);
    Statistics statistics = BatchNormalization.statistics(y, 1);
    Affine affine = BatchNormalization.fold(statistics.mean(), statistics.variance(), GAMMA, BETA);
    double[] expected =
        DoubleLayers.normalize(
            DoubleLayers.doubles(y.toArray()),
            CHANNELS,
            25,
            DoubleLayers.doubles(GAMMA),
            DoubleLayers.doubles(BETA));
    float[] values = y.toArray();
    for (int i = 0; i < values.length; i++) {
      int c = i / 25 % CHANNELS;
      assertThat((double) affine.scale()[c] * values[i] + affine.offset()[c])
          .isCloseTo(expected[i], within(2e-6));
    }
  }

  @Test
  void repeatedTimestepsCountInTheUnbiasedVarianceOnly() {
    FloatTensor y = images(2, 3);
    Statistics once = BatchNormalization.statistics(y, 1);
    Statistics thrice = BatchNormalization.statistics(y, 3);
    assertThat(thrice.mean()).isEqualTo(once.mean());
    assertThat(thrice.variance()).isEqualTo(once.variance());
    assertThat(once.unbiasedVariance(1)).isEqualTo(once.variance()[1] * 18 / 17);
    assertThat(thrice.unbiasedVariance(1)).isEqualTo(once.variance()[1] * 54 / 53);
  }

  @Test
  void oneValueHasNoVarianceAndNoGradient() {
    FloatTensor y = FloatTensor.of(new float[] {5, -3, 0}, 1, CHANNELS, 1, 1);
    Statistics statistics = BatchNormalization.statistics(y, 1);
    assertThat(statistics.mean()).containsExactly(5, -3, 0);
    assertThat(statistics.unbiasedVariance(0)).isZero();
    FloatTensor dx = FloatTensor.of(new float[] {1, 2, 3}, 1, CHANNELS, 1, 1);
    double[] sums = {1, 2, 3};
    float[] dy = new float[CHANNELS];
    new NormalizedGradient(statistics, GAMMA, dx, y, sums, new double[CHANNELS])
        .read(0, dy, 0, dy.length);
    assertThat(dy).containsExactly(new float[CHANNELS], within(1e-4f));
  }

  @Test
  void someImagesAreReadAsAllOfThemAre() {
    FloatTensor y = images(3, 4);
    Statistics statistics = BatchNormalization.statistics(y, 2);
    float[] g = DirectionalDerivative.normal(2 * y.size(), 1, 5);
    FloatTensor dx = FloatTensor.of(g, 6, CHANNELS, 4, 4);
    double[] sums = {1, 2, 3};
    NormalizedGradient dy = new NormalizedGradient(statistics, GAMMA, dx, y, sums, sums);
    float[] all = new float[y.size()];
    dy.read(0, all, 0, all.length);
    int image = CHANNELS * 16;
    float[] last = new float[2 * image + 7];
    dy.read(image, last, 7, 2 * image);
    assertThat(Arrays.copyOfRange(last, 7, last.length))
        .isEqualTo(Arrays.copyOfRange(all, image, all.length));
  }

  @Test
  void aConstantChannelIsItsBiasEverywhere() {
    FloatTensor y = FloatTensor.of(new float[] {7, 7, 7, 7}, 4, 1, 1, 1);
    Statistics statistics = BatchNormalization.statistics(y, 1);
    Affine affine =
        BatchNormalization.fold(
            statistics.mean(), statistics.variance(), new float[] {2}, new float[] {0.25f});
    assertThat(affine.scale()[0] * 7 + affine.offset()[0]).isCloseTo(0.25f, within(1e-3f));
  }

  /** Values far from zero against their spread: the mean has to be taken away before squaring. */
  @Test
  void varianceSurvivesALargeMean() {
    float[] values = DirectionalDerivative.normal(4 * 36, 1, 9);
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] += 1000;
      mean += values[i] / values.length;
    }
    double variance = 0;
    for (float value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    Statistics statistics = BatchNormalization.statistics(FloatTensor.of(values, 4, 1, 6, 6), 1);
    assertThat(statistics.mean()[0]).isCloseTo(mean, within(1e-3));
    assertThat(statistics.variance()[0]).isCloseTo(variance, within(1e-4));
  }

  private static FloatTensor images(int images, int size) {
    float[] values = DirectionalDerivative.normal(images * CHANNELS * size * size, 1.5, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] += i / (size * size) % CHANNELS - 0.5f;
    }
    return FloatTensor.of(values, images, CHANNELS, size, size);
  }
}
