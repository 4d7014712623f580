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
}
