package org.qsnn.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.qsnn.config.Objective;
import org.qsnn.sweep.RepeatedPoint;
import org.qsnn.sweep.SweepTable;
import org.qsnn.sweep.TrialRow;

/** What each key of a sweep's space did to the first objective. */
final class SweepEffects {
  /** Values of a key that are bars; more are points. */
  private static final int BARS = 12;

  /** A span that calls for a logarithmic scale. */
  private static final double WIDE = 10;

  private final ReportedSweep sweep;
  private final Objective objective;
  private final List<ObjectNode> rows;

  private SweepEffects(ReportedSweep sweep) {
    this.sweep = sweep;
    this.objective = sweep.objectives().get(0);
    this.rows = sweep.ranked();
  }

  static Optional<DomContent> section(ReportedSweep sweep) {
    SweepEffects effects = new SweepEffects(sweep);
    if (effects.rows.isEmpty() || sweep.keys().isEmpty()) {
      return Optional.empty();
    }
    List<Chart> charts = new ArrayList<>();
    // The only key of a sweep with repeats has been shown with them.
    if (sweep.repeat() < 2 || sweep.keys().size() > 1) {
      sweep.keys().forEach(key -> charts.add(effects.effect(key)));
    }
    return Optional.of(
        Html.section(
            "What the keys did",
            Html.paragraph("Trials that were not trained to the end count as they were then."),
            Chart.grid("e", charts),
            Chart.grid("p", List.of(effects.parallel()))));
  }

  private Chart effect(String key) {
    Map<String, Map<Long, Double>> values = new LinkedHashMap<>();
    rows.stream()
        .sorted(Comparator.comparing(row -> value(row, key), SweepEffects::compare))
        .forEach(
            row ->
                values
                    .computeIfAbsent(value(row, key), v -> new LinkedHashMap<>())
                    .put(row.path("trial").longValue(), result(row)));
    return values.size() <= BARS || !isPositive(key) ? bars(key, values) : points(key);
  }

  private BarChart bars(String key, Map<String, Map<Long, Double>> values) {
    List<BarChart.Group> groups = new ArrayList<>();
    values.forEach(
        (value, results) -> {
          RepeatedPoint point = new RepeatedPoint(Map.of(key, value), results);
          double mean = point.mean().orElseThrow();
          groups.add(
              new BarChart.Group(
                  value,
                  List.of(mean),
                  point.deviation().orElse(0),
                  SweepTable.shown(objective, mean)));
        });
    String words = SweepPage.words(objective);
    return new BarChart(
        words + " by " + key + ", mean and standard deviation of trials", List.of(words), groups);
  }

  private ScatterChart points(String key) {
    List<ScatterChart.Point> points = new ArrayList<>();
    for (ObjectNode row : rows) {
      points.add(
          new ScatterChart.Point(
              ReportedSweep.name(row),
              sweep.isOnFront(row) ? 0 : 1,
              Double.parseDouble(value(row, key)),
              result(row),
              false));
    }
    return new ScatterChart(
        SweepPage.words(objective) + " by " + key, key, List.of("front", "other trials"), points);
  }

  private ParallelChart parallel() {
    List<ParallelChart.Column> columns = new ArrayList<>();
    List<List<Double>> places = new ArrayList<>();
    rows.forEach(row -> places.add(new ArrayList<>()));
    for (String key : sweep.keys()) {
      List<String> words = rows.stream().map(row -> value(row, key)).distinct().toList();
      if (words.size() > BARS && isPositive(key)) {
        add(
            columns,
            places,
            key,
            rows.stream().map(row -> Double.valueOf(value(row, key))).toList());
      } else {
        List<String> sorted = words.stream().sorted((a, b) -> compare(b, a)).toList();
        columns.add(ParallelChart.Column.of(key, sorted));
        for (int i = 0; i < rows.size(); i++) {
          int at = sorted.indexOf(value(rows.get(i), key));
          places.get(i).add(ParallelChart.Column.place(at, sorted.size()));
        }
      }
    }
    for (Objective other : sweep.objectives()) {
      List<Double> results =
          rows.stream().map(row -> row.path(other.column()).doubleValue()).toList();
      add(columns, places, SweepPage.words(other), results);
    }
    List<ParallelChart.Line> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean isMarked = sweep.front().isEmpty() ? i == 0 : sweep.isOnFront(rows.get(i));
      lines.add(new ParallelChart.Line(ReportedSweep.name(rows.get(i)), places.get(i), isMarked));
    }
    return new ParallelChart(
        "Every trial as a line from its point to its results",
        columns,
        lines,
        List.of(sweep.front().isEmpty() ? "best so far" : "front", "other trials"));
  }

  private static void add(
      List<ParallelChart.Column> columns,
      List<List<Double>> places,
      String name,
      List<Double> numbers) {
    double least = numbers.stream().mapToDouble(v -> v).min().orElseThrow();
    double most = numbers.stream().mapToDouble(v -> v).max().orElseThrow();
    Scale scale =
        least > 0 && most / least >= WIDE ? LogAxis.of(least, most) : Axis.of(least, most);
    columns.add(ParallelChart.Column.of(name, scale));
    for (int i = 0; i < numbers.size(); i++) {
      places.get(i).add(scale.place(numbers.get(i)));
    }
  }

  private double result(ObjectNode row) {
    return row.path(objective.column()).doubleValue();
  }

  private static String value(ObjectNode row, String key) {
    return TrialRow.point(row).getOrDefault(key, "unset");
  }

  private boolean isPositive(String key) {
    return rows.stream().map(row -> number(value(row, key))).allMatch(n -> n.orElse(0) > 0);
  }

  /** Numbers by their size, before words. */
  private static int compare(String a, String b) {
    double x = number(a).orElse(Double.POSITIVE_INFINITY);
    double y = number(b).orElse(Double.POSITIVE_INFINITY);
    return x == y ? a.compareTo(b) : Double.compare(x, y);
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
