package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.qsnn.model.Footprint;
import org.qsnn.text.Sizes;

/** Several runs side by side: how they ended, how they went, and in what they differ. */
final class ComparisonPage {
  private final Map<String, ReportedRun> runs;

  private ComparisonPage(Map<String, ReportedRun> runs) {
    this.runs = runs;
  }

  /**
   * @param problems what could not be read at all, a line each
   */
  static Page of(List<ReportedRun> runs, List<String> problems) {
    return new ComparisonPage(named(runs)).page(problems);
  }

  /** By the last part of its path, or by all of it where two are called the same. */
  private static Map<String, ReportedRun> named(List<ReportedRun> runs) {
    long names = runs.stream().map(ReportedRun::name).distinct().count();
    Map<String, ReportedRun> named = new LinkedHashMap<>();
    runs.forEach(run -> named.put(names == runs.size() ? run.name() : run.path(), run));
    return named;
  }

  private Page page(List<String> problems) {
    List<DomContent> sections = new ArrayList<>();
    sections.add(Html.paragraph("Runs side by side").attr("class", "state"));
    sections.addAll(Page.leftOut(problems));
    runs.values().forEach(run -> sections.addAll(Page.leftOut(run.problems())));
    sections.add(Html.section("How they ended", ends()));
    differences().ifPresent(sections::add);
    sections.add(
        Html.section(
            "How they went",
            Chart.grid(
                "c",
                List.of(
                    chart("Validation accuracy", epoch -> epoch.path("validation_accuracy")),
                    chart("Training accuracy", epoch -> epoch.path("train_accuracy")),
                    chart("Loss, nats", epoch -> epoch.path("loss")),
                    chart("Mean firing rate of the layers", ComparisonPage::meanRate),
                    sizes()))));
    return new Page(runs.size() + " runs", sections);
  }

  private DomContent ends() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    runs.forEach((name, run) -> rows.put(name, row(run)));
    return Html.table(
        "how the runs ended",
        List.of("", "state", "data", "network", "bits", "epochs", "validation", "test", "model"),
        rows);
  }

  private static List<String> row(ReportedRun run) {
    return List.of(
        state(run),
        run.config().dataset().kind().key(),
        run.config().network().architecture().key(),
        run.bits(),
        run.epochs().size() + "/" + run.config().train().epochs(),
        run.validationAccuracy().map(Html::percent).orElse(""),
        run.testAccuracy().map(Html::percent).orElse(""),
        modelBytes(run).map(Sizes::megabytes).orElse(""));
  }

  private static String state(ReportedRun run) {
    if (run.summary().isPresent()) {
      return "finished";
    }
    return run.ended()
        .map(ended -> ended.kind().name().toLowerCase(Locale.ROOT))
        .orElse("not finished");
  }

  private static Optional<Long> modelBytes(ReportedRun run) {
    return run.model().map(model -> Footprint.of(model.spec()).packedBytes());
  }

  /** The keys whose values are not the same in all. */
  private Optional<DomContent> differences() {
    Map<String, SortedMap<String, String>> configurations = new LinkedHashMap<>();
    SortedSet<String> keys = new TreeSet<>();
    runs.forEach((name, run) -> configurations.put(name, run.config().shown()));
    configurations.values().forEach(configuration -> keys.addAll(configuration.keySet()));
    keys.removeIf(
        key -> configurations.values().stream().map(c -> shown(c, key)).distinct().count() == 1);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<String>> rows = new LinkedHashMap<>();
    configurations.forEach(
        (name, configuration) ->
            rows.put(name, keys.stream().map(key -> shown(configuration, key)).toList()));
    List<String> columns = new ArrayList<>(List.of(""));
    columns.addAll(keys);
    return Optional.of(
        Html.section(
            "In what they differ", Html.table("configurations' differences", columns, rows)));
  }

  private static String shown(SortedMap<String, String> configuration, String key) {
    return Objects.requireNonNullElse(configuration.get(key), "unset");
  }

  private LineChart chart(String title, Function<ObjectNode, JsonNode> number) {
    List<LineChart.Series> lines = new ArrayList<>();
    runs.forEach((name, run) -> lines.add(TrainingCharts.line(run, name, number)));
    return new LineChart(title, lines);
  }

  private static JsonNode meanRate(ObjectNode epoch) {
    double sum = 0;
    for (JsonNode layer : epoch.path("layers")) {
      sum += layer.path("firing_rate").doubleValue();
    }
    int layers = epoch.path("layers").size();
    return layers == 0 ? MissingNode.getInstance() : DoubleNode.valueOf(sum / layers);
  }

  /** Size against accuracy. */
  private ScatterChart sizes() {
    List<ScatterChart.Point> points = new ArrayList<>();
    runs.forEach(
        (name, run) ->
            modelBytes(run)
                .ifPresent(
                    bytes ->
                        run.testAccuracy()
                            .ifPresent(
                                accuracy ->
                                    points.add(
                                        new ScatterChart.Point(
                                            name, 0, bytes / 1e6, 100 * accuracy, false)))));
    return new ScatterChart(
        "Test accuracy, percent, by size of the packed model",
        "MB",
        List.of("finished runs"),
        points);
  }
}
