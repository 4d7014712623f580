package org.qsnn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.qsnn.config.Objective;

/**
 * A point of a sweep and one objective of its trials with different seeds.
 *
 * @param point values by key
 * @param values of the trials that have one, by seed
 */
public record RepeatedPoint(Map<String, String> point, Map<Long, Double> values) {
  public RepeatedPoint {
    point = Collections.unmodifiableMap(new LinkedHashMap<>(point));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The points of rows of trials, in the order of their first trials. */
  public static List<RepeatedPoint> of(List<ObjectNode> rows, Objective objective) {
    Map<Map<String, String>, Map<Long, Double>> points = new LinkedHashMap<>();
    for (ObjectNode row : rows) {
      Map<Long, Double> seeds =
          points.computeIfAbsent(TrialRow.point(row), p -> new LinkedHashMap<>());
      JsonNode value = row.path(objective.column());
      if (value.isNumber()) {
        seeds.put(row.path("seed").asLong(), value.doubleValue());
      }
    }
    List<RepeatedPoint> repeated = new ArrayList<>();
    points.forEach((point, seeds) -> repeated.add(new RepeatedPoint(point, seeds)));
    return repeated;
  }

  /** Such as {@code train.learning-rate=0.1 network.membrane-bits=4}. */
  public String shown() {
    return TrialRow.shown(point);
  }

  /** Empty if there is no value. */
  public OptionalDouble mean() {
    return values.values().stream().mapToDouble(Double::doubleValue).average();
  }

  /** Standard deviation of a sample, with n − 1 in the denominator; empty of less than two. */
  public OptionalDouble deviation() {
    if (values.size() < 2) {
      return OptionalDouble.empty();
    }
    double mean = mean().orElseThrow();
    double squares = values.values().stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return OptionalDouble.of(Math.sqrt(squares / (values.size() - 1)));
  }

  /** This point's value less the other's, of each seed that both have. */
  public List<Double> differencesTo(RepeatedPoint other) {
    return values.keySet().stream()
        .filter(other.values()::containsKey)
        .map(seed -> values.get(seed) - other.values().get(seed))
        .toList();
  }
}
