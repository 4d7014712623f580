package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.qsnn.metric.EpochSums.Loss;
import org.qsnn.metric.EpochSums.Seconds;
import org.qsnn.tensor.RandomStream;

class EpochSumsTest {
  private static EpochSums step(RandomStream random) {
    return EpochSums.ofStep(
        new Loss(random.nextDouble(), random.nextDouble(), random.nextDouble()),
        random.nextInt(64),
        64,
        new double[] {random.nextDouble(), random.nextDouble()},
        new Seconds(random.nextDouble(), random.nextDouble(), random.nextDouble()));
  }

  @Test
  void meansAreOverSteps() {
    EpochSums sums =
        EpochSums.ofStep(new Loss(3, 2, 1), 10, 16, new double[] {0.5}, new Seconds(1, 2, 3))
            .merge(
                EpochSums.ofStep(
                    new Loss(5, 3, 2), 14, 16, new double[] {0.25}, new Seconds(1, 1, 1)));

    assertThat(sums.steps()).isEqualTo(2);
    assertThat(sums.loss()).isEqualTo(new Loss(4, 2.5, 1.5));
    assertThat(sums.accuracy()).isEqualTo(0.75);
    assertThat(sums.firingRates()).containsExactly(0.375);
    assertThat(sums.seconds()).isEqualTo(new Seconds(2, 3, 4));
  }

  @Test
  void restoringInTheMiddleOfAnEpochChangesNoBit() {
    for (int interruptedAfter = 0; interruptedAfter <= 20; interruptedAfter++) {
      RandomStream random = RandomStream.of(5);
      RandomStream again = RandomStream.of(5);
      EpochSums whole = EpochSums.empty(2, 1);
      EpochSums resumed = EpochSums.empty(2, 1);
      for (int i = 0; i < 20; i++) {
        if (i == interruptedAfter) {
          resumed = EpochSums.restore(resumed.flatten());
        }
        whole = whole.merge(step(random));
        resumed = resumed.merge(step(again));
      }
      assertThat(resumed.flatten()).containsExactly(whole.flatten());
    }
  }

  @Test
  void aFlattenedCopyIsIndependent() {
    EpochSums sums = step(RandomStream.of(1));
    double before = sums.loss().total();
    sums.flatten()[0] = -1;
    assertThat(sums.loss().total()).isEqualTo(before);
  }

  @Test
  void refusesMeansOfNothingAndOtherShapes() {
    assertThatThrownBy(() -> EpochSums.empty(2, 1).loss())
        .hasMessage("mean over 0 steps of an epoch");
    assertThatThrownBy(() -> EpochSums.empty(2, 2).merge(EpochSums.empty(3, 2)))
        .hasMessage("epoch sums: expected 13 numbers, found 15");
    assertThatThrownBy(() -> EpochSums.restore(new double[8]))
        .hasMessage("epoch sums: expected at least 9 numbers, found 8");
  }
}
