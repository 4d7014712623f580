package org.qsnn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.config.Objective;
import org.qsnn.text.Table;

/** Rows of trials as tables for people: the front, and repeats of points side by side. */
public final class SweepTable {
  private static final String MISSING = "missing";

  private SweepTable() {}

  /** With as many digits as an objective is worth. */
  public static String shown(Objective objective, double value) {
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
      cells.add(TrialRow.shown(TrialRow.point(row)));
      table.row(cells.toArray(String[]::new));
    }
    return table.lines();
  }

  private static String cell(ObjectNode row, Objective objective) {
    JsonNode value = row.path(objective.column());
    return value.isNumber() ? shown(objective, value.doubleValue()) : "";
  }

  /**
   * One line a point: the mean over its repeats of one objective, their standard deviation, how
   * many there are, and the mean of the differences to the first point's trials of the same seeds.
   *
   * @param repeats of each point that there should be
   */
  static List<String> ofPoints(List<ObjectNode> rows, int repeats, Objective objective) {
    List<RepeatedPoint> points = RepeatedPoint.of(rows, objective);
    Table table =
        Table.headed("point", ">" + objective.key(), ">deviation", ">n", ">to the first row", ">n");
    points.forEach(point -> table.row(cells(point, points.get(0), repeats, objective)));
    return table.lines();
  }

  private static String[] cells(
      RepeatedPoint point, RepeatedPoint first, int repeats, Objective objective) {
    List<Double> differences = point.equals(first) ? List.of() : point.differencesTo(first);
    int count = point.values().size();
    return new String[] {
      point.shown(),
      count == 0 ? MISSING : shown(objective, point.mean().orElseThrow()),
      count < 2 ? "" : String.format(Locale.ROOT, "%.4g", point.deviation().orElseThrow()),
      count < repeats ? count + " of " + repeats : Integer.toString(repeats),
      differences.isEmpty() ? "" : String.format(Locale.ROOT, "%+.4g", mean(differences)),
      differences.isEmpty() ? "" : Integer.toString(differences.size())
    };
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
