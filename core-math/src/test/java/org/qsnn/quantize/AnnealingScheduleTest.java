package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AnnealingScheduleTest {
  @Test
  void startsFlatAndPassesOneHalfWay() {
    AnnealingSchedule schedule = new AnnealingSchedule(10);
    assertThat(schedule.at(0)).isEqualTo(new Annealing(10, 0.1f));
    assertThat(schedule.at(5)).isEqualTo(new Annealing(1, 1));
    assertThat(schedule.at(9).t()).isCloseTo(6.3095734f, within(1e-6f));
    assertThat(schedule.at(9).k()).isEqualTo(1);
  }

  @Test
  void oneEpochIsAllowedAndNoneIsNot() {
    assertThat(new AnnealingSchedule(1).at(0)).isEqualTo(new Annealing(10, 0.1f));
    assertThatThrownBy(() -> new AnnealingSchedule(0)).hasMessageContaining("found 0");
  }
}
