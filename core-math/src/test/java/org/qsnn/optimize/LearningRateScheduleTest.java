package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.optimize.LearningRateSchedule.Shape;

class LearningRateScheduleTest {
  @Test
  void theLearningRateFallsAlongACosine() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.2, 4);
    assertThat(schedule.at(0)).isEqualTo(0.2f);
    assertThat(schedule.at(1)).isCloseTo(0.1f * (1 + 0.70710678f), within(1e-8f));
    assertThat(schedule.at(2)).isCloseTo(0.1f, within(1e-8f));
    assertThat(schedule.at(4)).isCloseTo(0, within(1e-8f));
    assertThatThrownBy(() -> new LearningRateSchedule(0.1, 0)).hasMessageContaining("found 0");
  }

  @Test
  void learningRateRisesFromStepToStepDuringItsWarmUp() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.2, 10, 1.5);

    assertThat(schedule.at(0, 0, 4)).isEqualTo((float) (0.2 * 0.25 / 1.5));
    assertThat(schedule.at(0, 3, 4)).isEqualTo((float) (0.2 / 1.5));
    assertThat(schedule.at(1, 0, 4)).isLessThan(schedule.at(1));
    assertThat(schedule.at(1, 1, 4)).isEqualTo(schedule.at(1));
    assertThat(schedule.at(7, 0, 4)).isEqualTo(schedule.at(7));
  }

  @Test
  void withoutAWarmUpEveryStepHasTheEpochsRate() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.2, 10);

    assertThat(schedule.at(0, 0, 4)).isEqualTo(0.2f);
    assertThat(schedule.at(3, 2, 4)).isEqualTo(schedule.at(3));
  }

  @Test
  void oneCycleRisesInALineAndFallsAlongACosineFromStepToStep() {
    LearningRateSchedule schedule = new LearningRateSchedule(Shape.ONE_CYCLE, 0.2, 0.1, 3, 1);

    assertThat(schedule.at(0, 1, 4)).isEqualTo(0.1f);
    assertThat(schedule.at(0, 3, 4)).isEqualTo(0.2f);
    assertThat(schedule.at(1, 1, 4)).isCloseTo(0.02f + 0.18f * 0.8535534f, within(1e-7f));
    assertThat(schedule.at(1, 3, 4)).isCloseTo(0.11f, within(1e-7f));
    assertThat(schedule.at(2, 3, 4)).isCloseTo(0.02f, within(1e-7f));
  }

  @Test
  void linearFallsInALineFromTheEndOfItsWarmUp() {
    LearningRateSchedule schedule = new LearningRateSchedule(Shape.LINEAR, 0.2, 0, 3, 1);

    assertThat(schedule.at(0, 0, 4)).isEqualTo(0.05f);
    assertThat(schedule.at(0, 3, 4)).isEqualTo(0.2f);
    assertThat(schedule.at(1, 3, 4)).isEqualTo(0.1f);
    assertThat(schedule.at(2, 3, 4)).isZero();
  }

  @Test
  void warmUpOfAllEpochsEndsAtTheHighestRate() {
    for (Shape shape : List.of(Shape.ONE_CYCLE, Shape.LINEAR)) {
      assertThat(new LearningRateSchedule(shape, 0.2, 0, 2, 2).at(1, 3, 4)).isEqualTo(0.2f);
    }
  }

  @Test
  void cosineEndsAtItsLastShareToo() {
    LearningRateSchedule schedule = new LearningRateSchedule(Shape.COSINE, 0.2, 0.5, 2, 0);

    assertThat(schedule.at(0, 3, 4)).isEqualTo(0.2f);
    assertThat(schedule.at(1, 0, 4)).isCloseTo(0.15f, within(1e-7f));
  }
}
