package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsnn.metric.EpochMetrics.EpochEnd;
import org.qsnn.metric.EpochMetrics.Schedule;
import org.qsnn.metric.EpochSums.Loss;
import org.qsnn.metric.EpochSums.Seconds;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

class EpochMetricsTest {
  private static final NetworkSpec NETWORK =
      Architectures.VGGSNN.spec(1, 2, 2, 16, 3, WeightScheme.REGULATED, 8);
  private static final int LAYERS = 8;

  private static EpochMetrics metrics(double loss, Evaluation validation) {
    EpochSums sums =
        EpochSums.ofStep(new Loss(loss, 1.5, 0.25), 8, 32, rates(), new Seconds(3, 0.5, 0.5));
    EpochEnd end =
        new EpochEnd(
            new long[LAYERS],
            new long[LAYERS],
            List.of(WeightDistribution.of("fc.weight", 8, new float[] {-1, 1})),
            validation,
            1,
            new EpochMetrics.Hashes("ab", Map.of("fc.weight", "cd")));
    return EpochMetrics.of(4, NETWORK, sums, new Schedule(0.1, 10, 0.1), end);
  }

  /** Of two timesteps: 0 and 1/16 in the first layer, 2/16 and 3/16 in the second, and so on. */
  private static double[] rates() {
    return IntStream.range(0, 2 * LAYERS).mapToDouble(i -> i / 16.0).toArray();
  }

  @Test
  void ratesAreThoseOfALayerOverTimeAndTheirMean() {
    EpochMetrics.Layer second = metrics(1.75, null).layers().get(1);

    assertThat(second.firingRates()).containsExactly(2 / 16.0, 3 / 16.0);
    assertThat(second.firingRate()).isEqualTo(2.5 / 16);
    assertThat(second.entropy()).isEqualTo(Entropy.ofRate(2.5 / 16));
    assertThat(metrics(1.75, null).meanFiringRate()).isEqualTo(7.5 / 16);
  }

  @Test
  void secondsAddUpAndSpeedLeavesValidationOut() {
    EpochMetrics metrics = metrics(1.75, null);

    assertThat(metrics.seconds()).isEqualTo(new EpochMetrics.Seconds(3, 0.5, 0.5, 1, 5));
    assertThat(metrics.samplesPerSecond()).isEqualTo(8);
    assertThat(metrics.trainAccuracy()).isEqualTo(0.25);
  }

  @Test
  void withoutValidationItsNumbersAreNull() {
    EpochMetrics metrics = metrics(1.75, null);

    assertThat(metrics.validationAccuracy()).isNull();
    assertThat(metrics.layers()).allMatch(layer -> layer.validationFiringRate() == null);
    assertThat(metrics.layers()).allMatch(layer -> layer.validationFiringRates() == null);
  }

  @Test
  void validationGivesAccuracyAndRatesByLayer() {
    Evaluation validation = new Evaluation(3, LAYERS, 2);
    validation.add(2, 2, 0.1);
    validation.add(1, 2, 2.3);
    validation.addSpikes(7, new long[] {1, 5}, 8);
    EpochMetrics metrics = metrics(1.75, validation);

    assertThat(metrics.validationAccuracy()).isEqualTo(0.5);
    assertThat(metrics.layers().get(7).name()).isEqualTo("lifs.7");
    assertThat(metrics.layers().get(7).validationFiringRate()).isEqualTo(0.375);
    assertThat(metrics.layers().get(7).validationFiringRates()).containsExactly(0.125, 0.625);
    assertThat(metrics.layers().get(7).validation()).isEqualTo(new EpochMetrics.Spikes(6, 16));
  }

  @Test
  void refusesWhatIsNotFinite() {
    assertThatThrownBy(() -> metrics(Double.NaN, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss: expected a finite number, found NaN");
    assertThatThrownBy(
            () -> new EpochMetrics.Layer("stem", 0.5, List.of(), 1, Double.NaN, null, null, 0, 0))
        .hasMessageContaining("stem validation firing rate");
    assertThatThrownBy(() -> new EpochMetrics.Seconds(1, 1, 1, Double.POSITIVE_INFINITY, 1))
        .hasMessageContaining("seconds");
  }
}
