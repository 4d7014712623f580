package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.sample.Samples;

class WhiteningTest {
  private static final int PATCH = 9;

  private final Stripes decoder = new Stripes();
  private final Samples samples = Stripes.samples(0, 1, 50);

  @Test
  void covarianceOfSinglePixelsIsTheirVariance() {
    double[][] covariance = new PatchCovariance(decoder, 1, 1).of(samples);
    double sum = 0;
    double squares = 0;
    float[] image = new float[Stripes.SIZE * Stripes.SIZE];
    for (int i = 0; i < samples.size(); i++) {
      decoder.decode(samples.payload(i), i, 0, 0, image, 0);
      for (float pixel : image) {
        sum += pixel;
        squares += (double) pixel * pixel;
      }
    }
    double count = (double) samples.size() * image.length;
    double variance = squares / count - sum / count * (sum / count);
    assertThat(covariance).hasDimensions(1, 1);
    assertThat(covariance[0][0]).isCloseTo(variance, within(1e-9));
  }

  @Test
  void responsesOfTheFiltersAreNotCorrelatedAndFall() {
    double[][] covariance = new PatchCovariance(decoder, 1, 3).of(samples);
    float[] filters = filters(2 * PATCH);
    double former = Double.POSITIVE_INFINITY;
    for (int a = 0; a < PATCH; a++) {
      double variance = response(covariance, filters, a, a);
      assertThat(variance).isPositive().isLessThanOrEqualTo(former);
      former = variance;
      for (int b = 0; b < a; b++) {
        assertThat(response(covariance, filters, a, b)).isCloseTo(0, within(1e-4));
      }
    }
  }

  @Test
  void everyFilterHasItsNegativeAndLengthOne() {
    float[] filters = filters(2 * PATCH);
    for (int row = 0; row < 2 * PATCH; row += 2) {
      double square = 0;
      for (int i = 0; i < PATCH; i++) {
        float weight = filters[row * PATCH + i];
        assertThat(filters[(row + 1) * PATCH + i]).isEqualTo(-weight);
        square += weight * weight;
      }
      assertThat(square).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void whatIsMoreThanAllFiltersStaysAsItWasDrawn() {
    int channels = 2 * PATCH + 3;
    float[] filters = filters(channels);
    Window first = layout(channels).parameters().first();
    float[] drawn = InitialState.drawn(layout(channels), 7).parameters().get(first.name());
    assertThat(Arrays.copyOfRange(filters, 2 * PATCH * PATCH, filters.length))
        .isEqualTo(Arrays.copyOfRange(drawn, 2 * PATCH * PATCH, filters.length));
    assertThat(filters(5)).isEqualTo(Arrays.copyOf(filters, 5 * PATCH));
  }

  private float[] filters(int channels) {
    NetworkLayout layout = layout(channels);
    return Whitening.start(layout, 7, decoder, samples)
        .parameters()
        .get(layout.parameters().first().name());
  }

  private static NetworkLayout layout(int width) {
    NetworkSpec spec =
        Architectures.VGGSNN.spec(
            width, 2, 1, Stripes.SIZE, Stripes.CLASSES, WeightScheme.REGULATED, 8);
    return NetworkLayout.of(spec);
  }

  /** Covariance of the responses of filters a and b, which come in pairs. */
  private static double response(double[][] covariance, float[] filters, int a, int b) {
    double sum = 0;
    for (int i = 0; i < PATCH; i++) {
      for (int j = 0; j < PATCH; j++) {
        sum += filters[2 * a * PATCH + i] * covariance[i][j] * filters[2 * b * PATCH + j];
      }
    }
    return sum;
  }
}
