package org.qsnn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchTest {
  private static final Range RATE = new Range("rate", 0.01, 1, Range.Scale.LOG);
  private static final Choice BITS = new Choice("bits", List.of("2", "4", "8"), true);
  private static final Choice KIND = new Choice("kind", List.of("a", "b"), false);
  private static final Space SPACE = new Space(List.of(RATE, BITS, KIND));
  private static final Space FINITE = new Space(List.of(BITS, KIND));

  static Stream<Search> searches() {
    return Stream.of(
        new RandomSearch(SPACE, 1), new SobolSearch(SPACE, 1), new TpeSearch(SPACE, 1, 4));
  }

  @Test
  void aGridHasEveryPointOnceTheLastDimensionChangingFastest() {
    Search grid = GridSearch.inOrder(FINITE);
    assertThat(points(grid, 6))
        .extracting(point -> String.join("", point.values()))
        .containsExactly("2a", "2b", "4a", "4b", "8a", "8b");
    assertThat(FINITE.size()).hasValue(6);
    assertThat(SPACE.size()).isEmpty();
  }

  @Test
  void aShuffledGridHasEveryPointOnceInAnOrderThatItsSeedDraws() {
    List<Point> points = points(GridSearch.shuffled(FINITE, 1), 6);

    assertThat(points)
        .containsExactlyInAnyOrderElementsOf(points(GridSearch.inOrder(FINITE), 6))
        .isNotEqualTo(points(GridSearch.inOrder(FINITE), 6))
        .isEqualTo(points(GridSearch.shuffled(FINITE, 1), 6))
        .isNotEqualTo(points(GridSearch.shuffled(FINITE, 2), 6));
    assertThatThrownBy(() -> GridSearch.shuffled(SPACE, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void aPointIsAFunctionOfItsNumber(Search search) {
    assertThat(points(search, 40)).isEqualTo(points(search, 40)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("searches")
  void valuesAreInTheirRange(Search search) {
    for (Point point : points(search, 40)) {
      assertThat(Double.parseDouble(point.values().get(0))).isBetween(0.01, 1.0);
      assertThat(point.values().get(0).length()).isLessThanOrEqualTo(9);
      assertThat(BITS.values()).contains(point.values().get(1));
      assertThat(KIND.values()).contains(point.values().get(2));
    }
  }

  @Test
  void seedsDrawOtherPoints() {
    assertThat(points(new RandomSearch(SPACE, 1), 5))
        .isNotEqualTo(points(new RandomSearch(SPACE, 2), 5));
    assertThat(points(new SobolSearch(SPACE, 1), 5))
        .isNotEqualTo(points(new SobolSearch(SPACE, 2), 5));
  }

  @Test
  void aFiniteSpaceIsDrawnToItsLastPoint() {
    assertThat(points(new RandomSearch(FINITE, 3), 6)).doesNotHaveDuplicates();
    assertThat(points(new SobolSearch(FINITE, 3), 6)).doesNotHaveDuplicates();
    assertThat(points(new TpeSearch(FINITE, 3, 1), 6)).doesNotHaveDuplicates();
  }

  @Test
  void sobolPointsCoverALineEvenly() {
    Space line = new Space(List.of(new Range("x", 0, 1, Range.Scale.LINEAR)));
    List<Integer> tenths =
        points(new SobolSearch(line, 7), 64).stream()
            .map(point -> (int) (Double.parseDouble(point.values().get(0)) * 8))
            .toList();
    for (int i = 0; i < 8; i++) {
      int eighth = i;
      assertThat(tenths.stream().filter(t -> t == eighth).count()).isBetween(7L, 9L);
    }
  }

  @Test
  void parzenEstimatorSeesNoResultWithinItsLag() {
    Search search = new TpeSearch(SPACE, 1, 4);
    List<Point> points = points(search, 30);
    Map<Integer, Score> scores = scores(points);
    Point known = search.next(points, scores);
    for (int number = 27; number < 30; number++) {
      scores.remove(number);
    }
    assertThat(search.next(points, scores)).isEqualTo(known);
    scores.put(26, Score.FAILED);
    scores.put(25, Score.FAILED);
    assertThat(search.next(points, scores)).isNotEqualTo(known);
  }

  @Test
  void parzenEstimatorFindsBetterPointsThanChance() {
    int better = 0;
    for (int seed = 0; seed < 20; seed++) {
      better += best(new TpeSearch(SPACE, seed, 2)) < best(new RandomSearch(SPACE, seed)) ? 1 : 0;
    }
    assertThat(better).isGreaterThanOrEqualTo(15);
  }

  @Test
  void aRangeInStepsHasBothEnds() {
    assertThat(RATE.inSteps(3).values()).containsExactly("0.01", "0.1", "1");
    assertThat(new Range("x", 0, 8, Range.Scale.LINEAR).inSteps(5).values())
        .containsExactly("0", "2", "4", "6", "8");
  }

  private static double best(Search search) {
    return points(search, 60).stream().mapToDouble(SearchTest::cost).min().orElseThrow();
  }

  private static List<Point> points(Search search, int count) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(search.next(points, scores(points)));
    }
    return points;
  }

  private static Map<Integer, Score> scores(List<Point> points) {
    Map<Integer, Score> scores = new HashMap<>();
    for (int i = 0; i < points.size(); i++) {
      scores.put(i, Score.of(cost(points.get(i))));
    }
    return scores;
  }

  /** Least at a rate of 0.2, with 8 bits, of kind b. */
  private static double cost(Point point) {
    if (point.values().size() < 3) {
      return 0;
    }
    double rate = Math.log(Double.parseDouble(point.values().get(0)) / 0.2);
    double bits = Double.parseDouble(point.values().get(1));
    return rate * rate + (8 - bits) / 8 + (point.values().get(2).equals("b") ? 0 : 1);
  }
}
