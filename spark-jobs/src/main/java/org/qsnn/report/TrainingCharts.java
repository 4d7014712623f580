package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import j2html.tags.DomContent;
import java.util.List;
import java.util.function.Function;

/** How a training went, over its epochs. */
final class TrainingCharts {
  private TrainingCharts() {}

  static DomContent section(ReportedRun run) {
    return Html.section("Training", Chart.grid("c", charts(run)));
  }

  static List<LineChart> charts(ReportedRun run) {
    return List.of(
        new LineChart(
            "Accuracy",
            List.of(
                line(run, "training, augmented", "train_accuracy"),
                line(run, "validation", "validation_accuracy"))),
        new LineChart(
            "Loss, nats",
            List.of(line(run, "loss", "loss"), line(run, "cross entropy", "cross_entropy"))),
        new LineChart(
            "Spike regulation: rate term of the loss, nats",
            List.of(line(run, "rate term", "rate_term"))),
        new LineChart("Learning rate", List.of(line(run, "learning rate", "learning_rate"))),
        new LineChart(
            "Surrogate of the sign: k·t·(1 − tanh²(t·z))",
            List.of(line(run, "k, height", "k"), line(run, "t, steepness", "t"))),
        new LineChart(
            "Where the time went, seconds an epoch",
            List.of("compute", "reduce", "driver", "validation").stream()
                .map(part -> line(run, part, epoch -> epoch.path("seconds").path(part)))
                .toList()),
        new LineChart(
            "Speed, samples a second", List.of(line(run, "samples a second", "samples_per_s"))));
  }

  static LineChart.Series line(ReportedRun run, String name, String key) {
    return new LineChart.Series(name, run.series(key));
  }

  static LineChart.Series line(
      ReportedRun run, String name, Function<ObjectNode, JsonNode> number) {
    return new LineChart.Series(name, run.series(number));
  }
}
