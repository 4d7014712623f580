package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

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
}
