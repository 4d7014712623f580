package org.qsnn.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The order of trials from the best to the worst: by fronts, each being what nothing that is left
 * dominates (Deb et al., NSGA-II, 2002); within a front by an epsilon-net (Schmucker et al.,
 * "Multi-objective asynchronous successive halving", 2021): first the best in the first objective,
 * then always the one that is farthest from those before it, so that any beginning of the order is
 * spread over the front. Failed trials are last, and the lower number is first among equals.
 */
public final class Ranking {
  private Ranking() {}

  /** All numbers, from the best to the worst. */
  public static List<Integer> of(Map<Integer, Score> scores) {
    SortedMap<Integer, Score> left = new TreeMap<>(scores);
    left.values().removeIf(Score::isFailed);
    if (left.values().stream().allMatch(score -> score.objectives() == 1)) {
      return byOneCost(left, scores);
    }
    Set<Integer> ranked = new LinkedHashSet<>();
    while (!left.isEmpty()) {
      SortedMap<Integer, Score> front = notDominated(left);
      ranked.addAll(spread(front));
      left.keySet().removeAll(front.keySet());
    }
    return withFailed(ranked, scores);
  }

  /** The numbers that nothing dominates and that have not failed, ascending. */
  public static List<Integer> front(Map<Integer, Score> scores) {
    SortedMap<Integer, Score> succeeded = new TreeMap<>(scores);
    succeeded.values().removeIf(Score::isFailed);
    return List.copyOf(notDominated(succeeded).keySet());
  }

  /** The same order, which sorting finds sooner. */
  private static List<Integer> byOneCost(SortedMap<Integer, Score> left, Map<Integer, Score> all) {
    List<Integer> sorted = new ArrayList<>(left.keySet());
    sorted.sort(Comparator.comparingDouble(number -> left.get(number).cost(0)));
    return withFailed(new LinkedHashSet<>(sorted), all);
  }

  private static List<Integer> withFailed(Set<Integer> ranked, Map<Integer, Score> all) {
    ranked.addAll(new TreeMap<>(all).keySet());
    return List.copyOf(ranked);
  }

  private static SortedMap<Integer, Score> notDominated(SortedMap<Integer, Score> scores) {
    SortedMap<Integer, Score> front = new TreeMap<>();
    scores.forEach(
        (number, score) -> {
          if (scores.values().stream().noneMatch(other -> other.dominates(score))) {
            front.put(number, score);
          }
        });
    return front;
  }

  private static List<Integer> spread(SortedMap<Integer, Score> front) {
    Normalized places = new Normalized(front);
    List<Integer> left = new ArrayList<>(front.keySet());
    List<Integer> chosen = new ArrayList<>();
    // By number already: of equals the first is taken.
    Integer next = left.stream().min(Comparator.comparingDouble(places::first)).orElseThrow();
    double[] distances = left.stream().mapToDouble(n -> Double.POSITIVE_INFINITY).toArray();
    while (true) {
      chosen.add(next);
      if (chosen.size() == left.size()) {
        return chosen;
      }
      Integer farthest = null;
      double most = -1;
      for (int i = 0; i < distances.length; i++) {
        distances[i] = Math.min(distances[i], places.distance(left.get(i), next));
        if (distances[i] > most && !chosen.contains(left.get(i))) {
          most = distances[i];
          farthest = left.get(i);
        }
      }
      next = farthest;
    }
  }

  /** A front's costs, each objective from 0 for the least to 1 for the most. */
  private static final class Normalized {
    private final Map<Integer, double[]> places = new TreeMap<>();

    Normalized(SortedMap<Integer, Score> front) {
      int objectives = front.get(front.firstKey()).objectives();
      front.keySet().forEach(number -> places.put(number, new double[objectives]));
      for (int i = 0; i < objectives; i++) {
        normalize(front, i);
      }
    }

    private void normalize(SortedMap<Integer, Score> front, int objective) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (Score score : front.values()) {
        least = Math.min(least, score.cost(objective));
        most = Math.max(most, score.cost(objective));
      }
      for (Map.Entry<Integer, Score> entry : front.entrySet()) {
        double cost = entry.getValue().cost(objective);
        places.get(entry.getKey())[objective] = most > least ? (cost - least) / (most - least) : 0;
      }
    }

    double first(Integer number) {
      return places.get(number)[0];
    }

    /** Squared. */
    double distance(Integer one, Integer other) {
      double sum = 0;
      for (int i = 0; i < places.get(one).length; i++) {
        double difference = places.get(one)[i] - places.get(other)[i];
        sum += difference * difference;
      }
      return sum;
    }
  }
}
