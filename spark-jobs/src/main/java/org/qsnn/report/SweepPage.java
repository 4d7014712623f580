package org.qsnn.report;

import static j2html.TagCreator.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsnn.config.Objective;
import org.qsnn.sweep.RepeatedPoint;
import org.qsnn.sweep.SweepTable;
import org.qsnn.sweep.TrialRow;

/** A sweep as a page: its front, what the keys did, repeats side by side, and every trial. */
final class SweepPage {
  /** Trials that are listed, the best first. */
  private static final int LISTED = 500;

  private final ReportedSweep sweep;

  private SweepPage(ReportedSweep sweep) {
    this.sweep = sweep;
  }

  static Page of(ReportedSweep sweep) {
    return new SweepPage(sweep).page();
  }

  private Page page() {
    List<DomContent> sections = new ArrayList<>();
    sections.add(Html.paragraph(state()).attr("class", "state"));
    sections.addAll(Page.leftOut(sweep.problems()));
    sections.add(highlights());
    front().ifPresent(sections::add);
    repeats().ifPresent(sections::add);
    SweepEffects.section(sweep).ifPresent(sections::add);
    rungs().ifPresent(sections::add);
    sections.add(Html.section("Every trial, the best first", table(sweep.ranked(), LISTED)));
    sections.add(card());
    return new Page(Html.name(sweep.path()), sections);
  }

  private String state() {
    Map<String, Integer> states = new TreeMap<>();
    sweep.trials().forEach(row -> states.merge(row.path("state").asText(), 1, Integer::sum));
    StringBuilder text = new StringBuilder("sweep of " + sweep.planned() + " trials");
    states.forEach((state, count) -> text.append("; ").append(count).append(' ').append(state));
    return text.append(sweep.isComplete() ? "" : "; not finished").toString();
  }

  private DomContent highlights() {
    Map<String, String> values = new LinkedHashMap<>();
    Objective first = sweep.objectives().get(0);
    sweep.ranked().stream()
        .findFirst()
        .ifPresent(
            best -> {
              int trial = best.path("trial").asInt();
              values.put("best " + words(first) + ", trial " + trial, sweep.shown(best, first));
              values.put("its point", TrialRow.shown(TrialRow.point(best)));
              if (best.path("test_accuracy").isNumber()) {
                values.put(
                    "its test accuracy", Html.percent(best.path("test_accuracy").doubleValue()));
              }
            });
    long epochs = sweep.trials().stream().mapToLong(row -> row.path("epochs").asLong()).sum();
    values.put("epochs of all trials", String.format(Locale.ROOT, "%,d", epochs));
    return Html.highlights(values);
  }

  static String words(Objective objective) {
    return objective.key().replace('-', ' ');
  }

  /** What no trial is better than in every objective. */
  private Optional<DomContent> front() {
    if (sweep.front().isEmpty()) {
      return Optional.empty();
    }
    List<Chart> charts = new ArrayList<>();
    Objective first = sweep.objectives().get(0);
    sweep.objectives().stream().skip(1).map(other -> scatter(first, other)).forEach(charts::add);
    return Optional.of(
        Html.section(
            "Front: no trial is better than these in every objective",
            Chart.grid("f", charts),
            table(sweep.front(), LISTED)));
  }

  private ScatterChart scatter(Objective first, Objective other) {
    List<ScatterChart.Point> points = new ArrayList<>();
    for (ObjectNode row : sweep.ranked()) {
      if (row.path(other.column()).doubleValue() > 0) {
        boolean isOnFront = sweep.isOnFront(row);
        points.add(
            new ScatterChart.Point(
                ReportedSweep.name(row),
                isOnFront ? 0 : 1,
                row.path(other.column()).doubleValue(),
                row.path(first.column()).doubleValue(),
                isOnFront));
      }
    }
    // The front is drawn last, over the others.
    points.sort((a, b) -> Integer.compare(b.kind(), a.kind()));
    return new ScatterChart(
        words(first) + " by " + words(other),
        words(other),
        List.of("front", "other trials"),
        points);
  }

  /** Points with several seeds: mean and deviation, and differences to the first of them. */
  private Optional<DomContent> repeats() {
    Objective first = sweep.objectives().get(0);
    List<RepeatedPoint> points = RepeatedPoint.of(sweep.trials(), first);
    if (sweep.repeat() < 2) {
      return Optional.empty();
    }
    List<BarChart.Group> groups = new ArrayList<>();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (RepeatedPoint point : points) {
      String name = ReportedSweep.name(point.point());
      if (point.mean().isPresent()) {
        double mean = point.mean().orElseThrow();
        double deviation = point.deviation().orElse(0);
        groups.add(
            new BarChart.Group(name, List.of(mean), deviation, SweepTable.shown(first, mean)));
      }
      rows.put(name, cells(point, points.get(0), first));
    }
    return Optional.of(
        Html.section(
            "Repeats side by side",
            Chart.grid(
                "r",
                List.of(
                    new BarChart(
                        words(first) + ", mean and standard deviation over the seeds",
                        List.of(words(first)),
                        groups))),
            Html.table(
                "repeats",
                List.of("", "mean", "deviation", "n", "to the first row, seed by seed", "mean"),
                rows)));
  }

  private List<String> cells(RepeatedPoint point, RepeatedPoint first, Objective objective) {
    List<Double> differences = point.equals(first) ? List.of() : point.differencesTo(first);
    return List.of(
        point.mean().isPresent()
            ? SweepTable.shown(objective, point.mean().orElseThrow())
            : "missing",
        point.deviation().isPresent() ? Svg.number(point.deviation().orElseThrow()) : "",
        point.values().size() + " of " + sweep.repeat(),
        String.join(", ", differences.stream().map(SweepPage::signed).toList()),
        differences.isEmpty()
            ? ""
            : signed(differences.stream().mapToDouble(d -> d).average().orElseThrow()));
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4g", value);
  }

  /** How many trials were trained how far. */
  private Optional<DomContent> rungs() {
    Map<Integer, Integer> trained = new TreeMap<>();
    sweep.trials().forEach(row -> trained.merge(row.path("epochs").asInt(), 1, Integer::sum));
    if (!sweep.isHalved()) {
      return Optional.empty();
    }
    List<BarChart.Group> groups = new ArrayList<>();
    trained.forEach(
        (epochs, count) ->
            groups.add(
                new BarChart.Group(
                    epochs + " epochs", List.of((double) count), 0, Integer.toString(count))));
    return Optional.of(
        Html.section(
            "Halving",
            Chart.grid(
                "g",
                List.of(
                    new BarChart(
                        "Trials by the epochs they were trained", List.of("trials"), groups)))));
  }

  private DomContent table(List<ObjectNode> rows, int most) {
    List<String> columns = new ArrayList<>(List.of("trial", "state", "epochs"));
    sweep.objectives().forEach(objective -> columns.add(words(objective)));
    columns.add("test accuracy");
    columns.addAll(sweep.keys());
    Map<String, List<String>> cells = new LinkedHashMap<>();
    rows.stream()
        .limit(most)
        .forEach(
            row ->
                cells.put(
                    String.format(Locale.ROOT, "%04d", row.path("trial").asInt()), cells(row)));
    return Html.table("trials", columns, cells);
  }

  private List<String> cells(ObjectNode row) {
    List<String> cells =
        new ArrayList<>(List.of(row.path("state").asText(), row.path("epochs").asText()));
    sweep.objectives().forEach(objective -> cells.add(sweep.shown(row, objective)));
    cells.add(
        row.path("test_accuracy").isNumber()
            ? Html.percent(row.path("test_accuracy").doubleValue())
            : "");
    Map<String, String> point = TrialRow.point(row);
    sweep.keys().forEach(key -> cells.add(point.getOrDefault(key, "")));
    return cells;
  }

  private DomContent card() {
    return Html.section(
        "What was run",
        Html.paragraph("The same again:"),
        tag("pre").withText("qsnn sweep " + sweep.path() + "/sweep.conf --set sweep.dir=FOLDER"),
        Html.facts(sweep.description()),
        tag("details")
            .with(
                tag("summary").withText("The configuration from which all trials start"),
                tag("pre").attr("tabindex", "0").withText(sweep.base())));
  }
}
