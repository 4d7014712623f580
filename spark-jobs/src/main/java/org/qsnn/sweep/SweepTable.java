package org.qsnn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qsnn.config.Objective;
import org.qsnn.text.Table;

/** Rows of trials as tables for people: the front, and repeats of points side by side. */
final class SweepTable {
  private static final String MISSING = "missing";

  private SweepTable() {}

  static String shown(Objective objective, double value) {
    return switch (objective) {
      case VALIDATION_ACCURACY -> String.format(Locale.ROOT, "%.4f", value);
      case FIRING_RATE -> String.format(Locale.ROOT, "%.3f", value);
      default -> String.format(Locale.ROOT, "%,.0f", value);
    };
  }

  /** One line a trial. */
  static List<String> ofTrials(List<ObjectNode> rows, List<Objective> objectives) {
    List<String> headings = new ArrayList<>(List.of(">trial", "state", ">epochs"));
    objectives.forEach(objective -> headings.add(">" + objective.key()));
    headings.add(">test accuracy");
    headings.add("point");
    Table table = Table.headed(headings.toArray(String[]::new));
    for (ObjectNode row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(Trial.name(row.path("trial").asInt()));
      cells.add(row.path("state").asText());
      cells.add(row.path("epochs").asText());
      objectives.forEach(objective -> cells.add(cell(row, objective)));
      JsonNode tested = row.path("test_accuracy");
      cells.add(tested.isNumber() ? TrialRow.shown(tested.doubleValue()) : "");
      cells.add(TrialRow.shown(point(row)));
      table.row(cells.toArray(String[]::new));
    }
    return table.lines();
  }

  private static String cell(ObjectNode row, Objective objective) {
    JsonNode value = row.path(TrialRow.key(objective));
    return value.isNumber() ? shown(objective, value.doubleValue()) : "";
  }

  static Map<String, String> point(ObjectNode row) {
    Map<String, String> point = new LinkedHashMap<>();
    row.path("point").fields().forEachRemaining(e -> point.put(e.getKey(), e.getValue().asText()));
    return point;
  }

  /**
   * One line a point: the mean over its repeats of one objective, their standard deviation, how
   * many there are, and the mean of the differences to the first point's trials of the same seeds.
   *
   * @param repeats of each point that there should be
   */
  static List<String> ofPoints(List<ObjectNode> rows, int repeats, Objective objective) {
    Map<Map<String, String>, Map<Long, Double>> points = new LinkedHashMap<>();
    for (ObjectNode row : rows) {
      Map<Long, Double> seeds = points.computeIfAbsent(point(row), p -> new LinkedHashMap<>());
      JsonNode value = row.path(TrialRow.key(objective));
      if (value.isNumber()) {
        seeds.put(row.path("seed").asLong(), value.doubleValue());
      }
    }
    Table table =
        Table.headed("point", ">" + objective.key(), ">deviation", ">n", ">to the first row", ">n");
    Map<Long, Double> first = points.isEmpty() ? Map.of() : points.values().iterator().next();
    points.forEach((point, seeds) -> table.row(cells(point, seeds, first, repeats, objective)));
    return table.lines();
  }

  private static String[] cells(
      Map<String, String> point,
      Map<Long, Double> seeds,
      Map<Long, Double> first,
      int repeats,
      Objective objective) {
    List<Double> differences =
        seeds.keySet().stream()
            .filter(first::containsKey)
            .map(seed -> seeds.get(seed) - first.get(seed))
            .toList();
    List<Double> values = List.copyOf(seeds.values());
    return new String[] {
      TrialRow.shown(point),
      values.isEmpty() ? MISSING : shown(objective, mean(values)),
      values.size() < 2 ? "" : String.format(Locale.ROOT, "%.4g", deviation(values)),
      values.size() < repeats ? values.size() + " of " + repeats : Integer.toString(repeats),
      differences.isEmpty() || seeds == first
          ? ""
          : String.format(Locale.ROOT, "%+.4g", mean(differences)),
      differences.isEmpty() || seeds == first ? "" : Integer.toString(differences.size())
    };
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Of a sample: n − 1 in the denominator. */
  private static double deviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }
}
