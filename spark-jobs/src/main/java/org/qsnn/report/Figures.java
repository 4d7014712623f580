package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.config.Objective;
import org.qsnn.model.Footprint;
import org.qsnn.sweep.RepeatedPoint;

/**
 * Figures of the paper, of these runs: 2 and 4b (spikes), 4a (signs of weights), 3 (size against
 * accuracy) and 5 (ablation).
 */
final class Figures {
  private Figures() {}

  /**
   * A figure and the numbers in it.
   *
   * @param name of its files, without their ending
   * @param legend names of its colours
   * @param csv a heading and rows
   */
  record Figure(String name, Chart chart, List<String> legend, List<List<String>> csv) {
    byte[] svgBytes() {
      return Picture.of(chart, legend).svg().getBytes(UTF_8);
    }

    byte[] pngBytes() {
      return PngPicture.of(Picture.of(chart, legend));
    }

    byte[] csvBytes() {
      StringBuilder text = new StringBuilder();
      csv.forEach(
          row ->
              text.append(String.join(",", row.stream().map(Figure::quoted).toList()))
                  .append('\n'));
      return text.toString().getBytes(UTF_8);
    }

    private static String quoted(String cell) {
      return cell.matches("[^\",\\n\\r]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
  }

  /** Of runs: spikes and signs of each that has them, and all of them by size and accuracy. */
  static List<Figure> ofRuns(List<ReportedRun> runs) {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      String suffix = runs.size() == 1 ? "" : "-" + (i + 1);
      ReportedRun run = runs.get(i);
      BarChart spikes = LayerCharts.spikes(run);
      if (!spikes.isEmpty()) {
        figures.add(
            new Figure("figure-2-4b-spikes" + suffix, spikes, spikes.series(), spikeRows(run)));
      }
      BarChart signs = LayerCharts.signs(run);
      if (!signs.isEmpty()) {
        figures.add(new Figure("figure-4a-signs" + suffix, signs, signs.series(), signRows(run)));
      }
    }
    figures.add(sizes(runs));
    return figures;
  }

  /** Every layer, though the chart has the first eight only. */
  private static List<List<String>> spikeRows(ReportedRun run) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "zeros", "ones", "p_s", "p_s_paper_figure_2", "p_s_paper_figure_4b"));
    for (JsonNode layer : run.bestEpoch().orElseThrow().path("layers")) {
      long ones = layer.path("validation_spikes").longValue();
      long all = layer.path("validation_neuron_timesteps").longValue();
      List<String> row = new ArrayList<>(row(layer.path("name").asText(), all - ones, ones));
      int index = rows.size() - 1;
      row.add(of(Paper.RATES_WITHOUT, index));
      row.add(of(Paper.RATES_WITH, index));
      rows.add(row);
    }
    return rows;
  }

  private static String of(List<Double> rates, int layer) {
    return layer < rates.size() ? number(rates.get(layer)) : "";
  }

  private static List<List<String>> signRows(ReportedRun run) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "minus_ones", "plus_ones", "p_w"));
    for (JsonNode tensor : run.bestEpoch().orElseThrow().path("weights")) {
      if (tensor.path("bits").asInt() == 1) {
        rows.add(
            row(
                tensor.path("name").asText(),
                tensor.path("negative").longValue(),
                tensor.path("positive").longValue()));
      }
    }
    return rows;
  }

  private static List<String> row(String name, long first, long second) {
    double share = (double) second / Math.max(1, first + second);
    return List.of(
        name,
        Long.toString(first),
        Long.toString(second),
        String.format(Locale.ROOT, "%.6f", share));
  }

  private static Figure sizes(List<ReportedRun> runs) {
    List<ScatterChart.Point> points = new ArrayList<>();
    for (Paper.Peer peer : Paper.PEERS) {
      points.add(new ScatterChart.Point(peer.name(), 1, peer.megabytes(), peer.percent(), true));
    }
    for (ReportedRun run : runs) {
      if (run.testAccuracy().isPresent() && run.model().isPresent()) {
        points.add(
            new ScatterChart.Point(
                run.name(),
                0,
                Footprint.of(run.model().get().spec()).packedBytes() / 1e6,
                100 * run.testAccuracy().get(),
                true));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "from", "megabytes", "test_accuracy_percent"));
    for (ScatterChart.Point point : points) {
      rows.add(
          List.of(
              point.name(),
              point.kind() == 0 ? "own run" : "paper, Figure 3",
              String.format(Locale.ROOT, "%.4f", point.x()),
              String.format(Locale.ROOT, "%.2f", point.y())));
    }
    List<String> legend = List.of("these runs", "the paper's Figure 3 (CIFAR-10)");
    ScatterChart chart =
        new ScatterChart("Test accuracy, percent, by size of the model", "MB", legend, points);
    return new Figure("figure-3-size-accuracy", chart, legend, rows);
  }

  /** Of a sweep over ways to train: each with mean and deviation over its seeds. */
  static List<Figure> ofSweep(ReportedSweep sweep) {
    Objective accuracy = Objective.VALIDATION_ACCURACY;
    List<BarChart.Group> groups = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("point", "from", "accuracy_percent", "deviation", "n"));
    for (RepeatedPoint point : RepeatedPoint.of(sweep.trials(), accuracy)) {
      if (point.mean().isPresent()) {
        double mean = 100 * point.mean().getAsDouble();
        double deviation = 100 * point.deviation().orElse(0);
        String name = ReportedSweep.name(point.point());
        groups.add(new BarChart.Group(name, List.of(mean), deviation, number(mean)));
        rows.add(
            List.of(
                name,
                "own sweep, validation",
                number(mean),
                number(deviation),
                Integer.toString(point.values().size())));
      }
    }
    for (Paper.Ablation peer : Paper.ABLATION) {
      rows.add(List.of(peer.name(), "paper, Figure 5, test", number(peer.percent()), "", "1"));
    }
    BarChart chart =
        new BarChart(
            "Validation accuracy, percent, mean and standard deviation over the seeds",
            List.of("validation accuracy"),
            groups);
    return chart.isEmpty()
        ? List.of()
        : List.of(new Figure("figure-5-ablation", chart, List.of(), rows));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
