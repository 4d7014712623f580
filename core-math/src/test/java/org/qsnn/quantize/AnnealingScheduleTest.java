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

  @Test
  void endsOfOnesOwnAreGoneThroughByTheSameFactor() {
    AnnealingSchedule schedule = new AnnealingSchedule(4, 1, 16);
    assertThat(schedule.at(0)).isEqualTo(new Annealing(1, 1));
    assertThat(schedule.at(1).t()).isCloseTo(2, within(1e-6f));
    assertThat(schedule.at(2).t()).isCloseTo(4, within(1e-6f));
    assertThat(new AnnealingSchedule(4, 2, 2).at(3)).isEqualTo(new Annealing(1, 2));
    assertThatThrownBy(() -> new AnnealingSchedule(4, 0, 1)).hasMessageContaining("above 0");
  }

  @Test
  void publishedEndsHaveTheBitsOfThePublishedFormula() {
    for (int epochs : new int[] {1, 3, 7, 11, 300}) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        double t = StrictMath.pow(10, -1 + 2.0 * epoch / epochs);
        assertThat(new AnnealingSchedule(epochs).at(epoch))
            .isEqualTo(new Annealing((float) Math.max(1, 1 / t), (float) t));
      }
    }
  }
}
