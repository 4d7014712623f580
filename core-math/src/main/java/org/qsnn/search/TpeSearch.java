package org.qsnn.search;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.tensor.RandomStream;

/**
 * Tree-structured Parzen estimator (Bergstra et al., "Algorithms for Hyper-Parameter Optimization",
 * 2011), over all dimensions at once (Falkner et al., BOHB, 2018): of some points that are drawn
 * near the good ones, the one that the densities of good and bad points tell most apart.
 *
 * @param lag a point sees the results of those whose number is so much lower: as many as this may
 *     be computed at a time, and it is part of the answer
 */
public record TpeSearch(Space space, long seed, int lag) implements Search {
  private static final long PURPOSE = 0x73656172_6368_0003L;

  /** Results that are needed before they are looked at. */
  static final int STARTUP = 10;

  /** One of so many is good. */
  private static final int GOOD_ONE_OF = 5;

  private static final int CANDIDATES = 24;

  @Override
  public Point draw(int number, int attempt, Seen seen) {
    RandomStream random = RandomStream.of(seed, PURPOSE, number, attempt);
    if (seen.points().size() < STARTUP) {
      return new RandomSearch(space, seed).draw(number, attempt, seen);
    }
    Map<Integer, Score> scores = new TreeMap<>();
    for (int i = 0; i < seen.points().size(); i++) {
      scores.put(i, seen.scores().getOrDefault(i, Score.FAILED));
    }
    List<Point> ranked = Ranking.of(scores).stream().map(seen.points()::get).toList();
    int good = (ranked.size() + GOOD_ONE_OF - 1) / GOOD_ONE_OF;
    ParzenEstimator near = new ParzenEstimator(space, ranked.subList(0, good));
    ParzenEstimator far = new ParzenEstimator(space, ranked.subList(good, ranked.size()));
    return best(near, far, random);
  }

  private Point best(ParzenEstimator near, ParzenEstimator far, RandomStream random) {
    Point best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      Point candidate = near.draw(random);
      double ratio = near.logDensity(candidate) - far.logDensity(candidate);
      if (ratio > most) {
        most = ratio;
        best = candidate;
      }
    }
    return best;
  }
}
