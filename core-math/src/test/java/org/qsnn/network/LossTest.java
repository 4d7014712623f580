package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;
import org.qsnn.network.LossTerms.OverLayers;
import org.qsnn.quantize.DirectionalDerivative;

class LossTest {
  private static final double[] NO_RATES = {};

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "2, 3, 10", "4, 2, 100"})
  void crossEntropysGradientIsItsDerivative(int timesteps, int batch, int classes) {
    float[] logits = DirectionalDerivative.normal(timesteps * batch * classes, 2, 1);
    int[] labels = new int[batch];
    Arrays.setAll(labels, b -> (b * 7 + 1) % classes);
    Loss loss =
        Loss.of(logits, timesteps, Targets.of(labels), classes, NO_RATES, LossTerms.of(0.005));
    double[] point = new double[logits.length];
    Arrays.setAll(point, i -> logits[i]);
    assertThat(loss.crossEntropy())
        .isCloseTo(crossEntropy(point, labels, classes), within(1e-12))
        .isEqualTo(loss.total());
    DirectionalDerivative.check(
        p -> crossEntropy(p, labels, classes), logits, loss.logitGradient());
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0, 1", "0, 0.05, 1", "0.2, 0.3, 1", "0.2, 0.3, 0.5"})
  void gradientOfSmoothedLabelsAndOfTheMeanSquareIsTheDerivative(
      double smoothing, double square, double threshold) {
    int classes = 5;
    int[] labels = {3, 0, 4};
    float[] logits = DirectionalDerivative.normal(2 * labels.length * classes, 2, 1);
    double[] point = new double[logits.length];
    Arrays.setAll(point, i -> logits[i]);

    Loss loss =
        Loss.of(
            logits,
            2,
            Targets.of(labels),
            classes,
            NO_RATES,
            new LossTerms(0, OverLayers.MEAN, smoothing, square, threshold, Distillation.OFF));

    assertThat(loss.total())
        .isCloseTo(mixed(point, labels, classes, smoothing, square, threshold), within(1e-12));
    DirectionalDerivative.check(
        p -> mixed(p, labels, classes, smoothing, square, threshold), logits, loss.logitGradient());
  }

  /** Written from the definitions: every class is the label with the probability of its target. */
  private static double mixed(
      double[] logits,
      int[] labels,
      int classes,
      double smoothing,
      double square,
      double threshold) {
    double entropy = (1 - smoothing) * crossEntropy(logits, labels, classes);
    for (int k = 0; k < classes; k++) {
      int[] all = new int[labels.length];
      Arrays.fill(all, k);
      entropy += smoothing / classes * crossEntropy(logits, all, classes);
    }
    double distance =
        Arrays.stream(logits).map(x -> Math.pow(x - threshold, 2)).average().orElseThrow();
    return (1 - square) * entropy + square * distance;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0, 0", "0.5, 2, 0, 0", "0.3, 0.1, 0.2, 0", "0.9, 100, 0.1, 0.3"})
  void gradientOfATeachersTermIsTheDerivative(
      double weight, double temperature, double smoothing, double square) {
    int classes = 5;
    int[] labels = {3, 0, 4};
    float[] logits = DirectionalDerivative.normal(2 * labels.length * classes, 2, 1);
    float[] teacher = DirectionalDerivative.normal(4 * labels.length * classes, 2, 2);
    double[] point = new double[logits.length];
    Arrays.setAll(point, i -> logits[i]);
    ToDoubleFunction<double[]> primitive =
        p ->
            (1 - weight) * mixed(p, labels, classes, smoothing, square, 1)
                + (1 - square) * weight * softened(p, teacher, labels.length, classes, temperature)
                + square * weight * mixed(p, labels, classes, 0, 1, 1);

    Loss loss =
        Loss.of(
            logits,
            2,
            Targets.taught(labels, teacher, 4),
            classes,
            NO_RATES,
            new LossTerms(
                0, OverLayers.MEAN, smoothing, square, 1, new Distillation(weight, temperature)));

    assertThat(loss.total()).isCloseTo(primitive.applyAsDouble(point), within(1e-9));
    DirectionalDerivative.check(primitive, logits, loss.logitGradient());
  }

  /** τ² · CE of two softmaxes, written from the definition: of so many rows a sample the mean. */
  private static double softened(
      double[] logits, float[] teacher, int batch, int classes, double temperature) {
    double sum = 0;
    for (int from = 0; from < logits.length; from += classes) {
      double[] own = new double[classes];
      double[] taught = new double[classes];
      for (int k = 0; k < classes; k++) {
        own[k] = Math.exp(logits[from + k] / temperature);
        int index = from % (batch * classes) + k;
        double mean = 0;
        for (int i = index; i < teacher.length; i += batch * classes) {
          mean += (double) teacher[i] * batch * classes / teacher.length;
        }
        taught[k] = Math.exp(mean / temperature);
      }
      double all = Arrays.stream(own).sum();
      double allTaught = Arrays.stream(taught).sum();
      for (int k = 0; k < classes; k++) {
        sum -= taught[k] / allTaught * Math.log(own[k] / all);
      }
    }
    return temperature * temperature * sum * classes / logits.length;
  }

  @Test
  void aTeacherWithoutWeightChangesNoBit() {
    float[] logits = DirectionalDerivative.normal(2 * 3 * 4, 3, 1);
    float[] teacher = DirectionalDerivative.normal(3 * 4, 3, 2);
    int[] labels = {3, 0, 1};
    for (double square : new double[] {0, 0.05}) {
      LossTerms alone = new LossTerms(0.005, OverLayers.MEAN, 0.1, square);
      LossTerms taught =
          new LossTerms(0.005, OverLayers.MEAN, 0.1, square, 1, new Distillation(0, 3));

      Loss expected = Loss.of(logits, 2, Targets.of(labels), 4, NO_RATES, alone);
      Loss found = Loss.of(logits, 2, Targets.taught(labels, teacher, 1), 4, NO_RATES, taught);

      assertThat(found.crossEntropy()).isEqualTo(expected.crossEntropy());
      assertThat(found.logitGradient()).isEqualTo(expected.logitGradient());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 4})
  void anAnswerThatIsTheTeachersIsNotDrawnAnywhere(double temperature) {
    float[] logits = DirectionalDerivative.normal(3 * 4, 2, 1);
    int[] labels = {3, 0, 1};

    Loss loss =
        Loss.of(logits, 1, Targets.taught(labels, logits, 1), 4, NO_RATES, taught(1, temperature));

    assertThat(loss.logitGradient()).containsOnly(0);
    assertThat(loss.crossEntropy()).isPositive();
  }

  @Test
  void aTeachersHugeLogitsStayFinite() {
    float[] teacher = {-1e30f, 1e30f, 0};

    Loss loss =
        Loss.of(
            new float[] {3, 1, 2},
            1,
            Targets.taught(new int[] {0}, teacher, 1),
            3,
            NO_RATES,
            taught(1, 0.1));

    // CE with one-hot targets of class 1, times τ², of logits that are ten times as large.
    assertThat(loss.crossEntropy()).isCloseTo(0.01 * 20, within(1e-5));
    assertThat(loss.logitGradient()[1]).isNegative();
  }

  @Test
  void aTeachersTermNeedsATeachersLogits() {
    assertThatThrownBy(() -> Loss.of(new float[3], 1, labels(0), 3, NO_RATES, taught(0.5, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have its logits; found labels alone");
  }

  private static LossTerms taught(double weight, double temperature) {
    return new LossTerms(0, OverLayers.MEAN, 0, 0, 1, new Distillation(weight, temperature));
  }

  private static Targets labels(int... labels) {
    return Targets.of(labels);
  }

  @Test
  void validationsCrossEntropyIsOfOneHotTargets() {
    float[] logits = {1, 2, 3};

    assertThat(Loss.crossEntropies(logits, 1, new int[] {0}, 3)[0])
        .isEqualTo(Loss.of(logits, 1, labels(0), 3, NO_RATES, LossTerms.of(0)).total());
  }

  private static double crossEntropy(double[] logits, int[] labels, int classes) {
    int rows = logits.length / classes;
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double powers = 0;
      for (int k = 0; k < classes; k++) {
        powers += Math.exp(logits[row * classes + k]);
      }
      sum += Math.log(powers) - logits[row * classes + labels[row % labels.length]];
    }
    return sum / rows;
  }

  @Test
  void rateTermsGradientIsItsDerivative() {
    double lambda = 0.3;
    float[] rates = {0.9f, 0.1f, 0.4f, 0.75f, 0.2f};
    double[] point = new double[rates.length];
    Arrays.setAll(point, i -> rates[i]);
    Loss loss = Loss.of(new float[2], 1, labels(0), 2, point, LossTerms.of(lambda));
    float[] gradient = new float[rates.length];
    for (int i = 0; i < rates.length; i++) {
      gradient[i] = (float) loss.rateGradient()[i];
    }
    assertThat(loss.rateTerm()).isCloseTo(rateTerm(point, lambda), within(1e-12)).isPositive();
    assertThat(loss.total()).isEqualTo(loss.crossEntropy() + loss.rateTerm());
    DirectionalDerivative.check(p -> rateTerm(p, lambda), rates, gradient);
    assertThat(gradient[0]).isZero();
    assertThat(gradient[4]).isZero();
  }

  private static double rateTerm(double[] rates, double lambda) {
    return lambda
        * Arrays.stream(rates, 1, rates.length - 1)
            .map(rate -> (rate - 0.5) * (rate - 0.5))
            .average()
            .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void fewerThanThreeLayersHaveNoRateTerm(int layers) {
    Loss loss = Loss.of(new float[2], 1, labels(0), 2, new double[layers], LossTerms.of(0.005));
    assertThat(loss.rateTerm()).isZero();
    assertThat(loss.rateGradient()).isEqualTo(new double[layers]);
  }

  @Test
  void lambdaZeroSwitchesTheRateTermOff() {
    Loss loss = Loss.of(new float[2], 1, labels(0), 2, new double[] {0, 1, 1, 1}, LossTerms.of(0));
    assertThat(loss.rateTerm()).isZero();
    assertThat(loss.rateGradient()).containsOnly(0);
  }

  @Test
  void hugeLogitsStayFinite() {
    Loss loss = Loss.of(new float[] {1e30f, -1e30f, 0}, 1, labels(1), 3, NO_RATES, LossTerms.of(0));
    assertThat(loss.crossEntropy()).isEqualTo(2.0 * 1e30f);
    assertThat(loss.logitGradient()).containsExactly(1, -1, 0);
  }

  @Test
  void predictsTheLargestMeanOverTimeAndTheLowestOfEquals() {
    // [T = 2, B = 2, 3 classes]
    float[] logits = {0, 3, 2, 1, 1, 0, 0, -1, 2, 0, 0, 0};
    assertThat(Loss.prediction(logits, 2, 2, 3, 0)).isEqualTo(2);
    assertThat(Loss.prediction(logits, 2, 2, 3, 1)).isZero();
    assertThat(Loss.of(logits, 2, labels(2, 1), 3, NO_RATES, LossTerms.of(0)).correct())
        .isEqualTo(1);
  }

  @Test
  void samplesCrossEntropiesAverageToTheBatchs() {
    float[] logits = DirectionalDerivative.normal(2 * 3 * 4, 1, 1);
    int[] labels = {3, 0, 1};
    assertThat(Arrays.stream(Loss.crossEntropies(logits, 2, labels, 4)).average().orElseThrow())
        .isCloseTo(
            Loss.of(logits, 2, Targets.of(labels), 4, NO_RATES, LossTerms.of(0)).crossEntropy(),
            within(1e-12));
  }

  @Test
  void refusesALabelThatIsNoClass() {
    assertThatThrownBy(() -> Loss.crossEntropies(new float[6], 1, new int[] {0, 3}, 3))
        .isInstanceOf(DataException.class)
        .hasMessage("label: must be one of the network's classes 0 to 2; found 3");
  }
}
