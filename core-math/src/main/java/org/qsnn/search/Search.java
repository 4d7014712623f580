package org.qsnn.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which point of a space has which number: a pure function of the search's seed, the number, and of
 * results of points that are {@linkplain #lag so far} behind it. A point that was drawn before is
 * drawn anew.
 */
public interface Search {
  /** One that is drawn for a number; another attempt draws another. */
  Point draw(int number, int attempt, Seen seen);

  /**
   * The points whose results a point waits for: those whose number is so much lower, or lower than
   * that. {@link Integer#MAX_VALUE} for a search that looks at none.
   */
  default int lag() {
    return Integer.MAX_VALUE;
  }

  /**
   * Earlier points with their results in the first rung.
   *
   * @param points by their numbers
   * @param scores by the points' numbers
   */
  record Seen(List<Point> points, Map<Integer, Score> scores) {}

  /**
   * The point that follows.
   *
   * @param earlier all points before it, in their order
   * @param scores of at least those that {@link #lag} asks for; others are not looked at
   */
  default Point next(List<Point> earlier, Map<Integer, Score> scores) {
    int number = earlier.size();
    List<Point> seen = earlier.subList(0, Math.max(0, number - lag() + 1));
    Seen visible = new Seen(new ArrayList<>(seen), scores);
    Point point;
    int attempt = 0;
    do {
      point = draw(number, attempt++, visible);
    } while (earlier.contains(point));
    return point;
  }
}
