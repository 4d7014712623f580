package org.qsnn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void oneCostIsSortedAndTiesGoToTheLowerNumber() {
    assertThat(Ranking.of(Map.of(0, Score.of(3), 1, Score.of(1), 2, Score.of(1))))
        .containsExactly(1, 2, 0);
  }

  @Test
  void failedTrialsAreLastAndNeverOnTheFront() {
    Map<Integer, Score> scores = Map.of(0, Score.FAILED, 1, Score.of(9, 9), 2, Score.FAILED);
    assertThat(Ranking.of(scores)).containsExactly(1, 0, 2);
    assertThat(Ranking.front(scores)).containsExactly(1);
    assertThat(Ranking.front(Map.of(0, Score.FAILED))).isEmpty();
  }

  @Test
  void frontsFollowOneAnother() {
    Map<Integer, Score> scores =
        Map.of(
            0, Score.of(2, 2), // behind 1
            1, Score.of(1, 1),
            2, Score.of(3, 3), // behind both
            3, Score.of(0.5, 5));
    assertThat(Ranking.front(scores)).containsExactly(1, 3);
    assertThat(Ranking.of(scores)).containsExactly(3, 1, 0, 2);
  }

  @Test
  void aFrontBeginsWithTheBestInTheFirstObjectiveAndSpreads() {
    Map<Integer, Score> scores =
        Map.of(
            0, Score.of(10, 0),
            1, Score.of(9, 10),
            2, Score.of(0, 100),
            3, Score.of(5, 50),
            4, Score.of(1, 99));
    assertThat(Ranking.of(scores)).containsExactly(2, 0, 3, 1, 4);
  }

  @Test
  void equalScoresKeepTheOrderOfTheirNumbers() {
    assertThat(Ranking.of(Map.of(0, Score.of(1, 1), 1, Score.of(1, 1), 2, Score.of(1, 1))))
        .containsExactly(0, 1, 2);
    assertThat(Ranking.front(Map.of(0, Score.of(1, 1), 1, Score.of(1, 1)))).containsExactly(0, 1);
  }

  @Test
  void aCostThatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> Score.of(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(Score::of).isInstanceOf(IllegalArgumentException.class);
  }
}
