package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What spikes and weights did, layer by layer: whether WS-DR did its work. */
final class LayerCharts {
  /** As many as the paper's Figures 2 and 4 show. */
  private static final int LAYERS_OF_THE_PAPER = 8;

  private LayerCharts() {}

  static Optional<DomContent> section(ReportedRun run) {
    if (run.epochs().isEmpty()) {
      return Optional.empty();
    }
    List<Chart> charts = new ArrayList<>();
    charts.add(overEpochs(run, "Firing rate by layer", "firing_rate"));
    charts.add(overEpochs(run, "Entropy of a spike by layer, bits", "entropy"));
    charts.add(overTimesteps(run));
    charts.add(flips(run));
    charts.add(spikes(run));
    charts.add(signs(run));
    return Optional.of(Html.section("Spikes and weights", Chart.grid("h", charts)));
  }

  /** Latent weights of every layer as the quantizer sees them. */
  static Optional<DomContent> histograms(ReportedRun run) {
    List<Chart> charts = new ArrayList<>();
    for (JsonNode tensor : run.bestEpoch().map(row -> row.path("weights")).orElse(empty())) {
      List<Long> counts = new ArrayList<>();
      tensor.path("histogram").forEach(count -> counts.add(count.longValue()));
      charts.add(
          new Histogram(
              tensor.path("name").asText() + ", " + tensor.path("bits").asInt() + " bit",
              tensor.path("histogram_from").doubleValue(),
              tensor.path("histogram_to").doubleValue(),
              counts));
    }
    return charts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Html.section(
                "Latent weights",
                Html.paragraph(
                    "As they are just before they are quantized: the sign of what lies left of zero"
                        + " is −1."),
                Chart.grid("w", charts)));
  }

  private static JsonNode empty() {
    return MissingNode.getInstance();
  }

  private static HeatMap overEpochs(ReportedRun run, String title, String key) {
    List<List<Double>> values = new ArrayList<>();
    for (int i = 0; i < run.layers().size(); i++) {
      int layer = i;
      values.add(run.series(epoch -> epoch.path("layers").path(layer).path(key)));
    }
    return new HeatMap(title, "epoch", run.layers(), values);
  }

  private static HeatMap overTimesteps(ReportedRun run) {
    List<List<Double>> values = new ArrayList<>();
    for (JsonNode layer : run.bestEpoch().orElseThrow().path("layers")) {
      JsonNode rates = layer.path("validation_firing_rate_by_timestep");
      List<Double> row = new ArrayList<>();
      (rates.isArray() ? rates : layer.path("firing_rate_by_timestep"))
          .forEach(rate -> row.add(rate.doubleValue()));
      values.add(row);
    }
    return new HeatMap("Firing rate by timestep, packed model", "timestep", run.layers(), values);
  }

  private static LineChart flips(ReportedRun run) {
    return new LineChart(
        "Signs of 1-bit weights that changed, share",
        List.of(TrainingCharts.line(run, "all layers", LayerCharts::flips)));
  }

  private static JsonNode flips(ObjectNode epoch) {
    long flipped = 0;
    long weights = 0;
    for (JsonNode layer : epoch.path("layers")) {
      flipped += layer.path("sign_flips").longValue();
      weights += layer.path("weights").longValue();
    }
    return DoubleNode.valueOf(weights == 0 ? 0 : (double) flipped / weights);
  }

  /** Figures 2 and 4b of the paper. */
  static BarChart spikes(ReportedRun run) {
    List<BarChart.Group> groups = new ArrayList<>();
    for (JsonNode layer : run.bestEpoch().map(row -> row.path("layers")).orElse(empty())) {
      JsonNode ones = layer.path("validation_spikes");
      if (ones.isNumber() && groups.size() < LAYERS_OF_THE_PAPER) {
        double all = layer.path("validation_neuron_timesteps").doubleValue();
        groups.add(group("lif ", groups.size(), all - ones.doubleValue(), ones.doubleValue()));
      }
    }
    return new BarChart(
        "Zeros and ones among the spikes of the first layers, validation set; p: share of ones",
        List.of("0", "1"),
        groups);
  }

  /** Figure 4a of the paper. */
  static BarChart signs(ReportedRun run) {
    List<BarChart.Group> groups = new ArrayList<>();
    for (JsonNode tensor : run.bestEpoch().map(row -> row.path("weights")).orElse(empty())) {
      if (tensor.path("bits").asInt() == 1 && groups.size() < LAYERS_OF_THE_PAPER) {
        groups.add(
            group(
                "conv ",
                groups.size(),
                tensor.path("negative").doubleValue(),
                tensor.path("positive").doubleValue()));
      }
    }
    return new BarChart(
        "−1 and +1 among the weights of the first binary layers; p: share of +1",
        List.of("−1", "+1"),
        groups);
  }

  private static BarChart.Group group(String kind, int index, double first, double second) {
    return new BarChart.Group(
        kind + (index + 1),
        List.of(first, second),
        0,
        String.format(Locale.ROOT, "p %.2f", second / Math.max(1, first + second)));
  }
}
