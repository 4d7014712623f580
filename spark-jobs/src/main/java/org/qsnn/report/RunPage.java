package org.qsnn.report;

import static j2html.TagCreator.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.qsnn.model.Footprint;
import org.qsnn.storage.FileStore;
import org.qsnn.text.Sizes;

/** A run as a page: what was trained, how well, where it fails, and how it went. */
public final class RunPage {
  private final ReportedRun run;

  private RunPage(ReportedRun run) {
    this.run = run;
  }

  /**
   * The page of the run in a folder, whether it is finished or not.
   *
   * @throws org.qsnn.DataException if there is no run
   */
  public static String html(FileStore files, String folder) {
    return new RunPage(ReportedRun.read(files, folder)).html();
  }

  private String html() {
    List<DomContent> sections = new ArrayList<>();
    sections.add(tag("p").attr("class", "state").withText(state()));
    run.problems()
        .forEach(
            problem ->
                sections.add(tag("p").attr("class", "problem").withText("Left out: " + problem)));
    sections.add(highlights());
    sections.add(charts());
    spikes().ifPresent(sections::add);
    confusion().ifPresent(sections::add);
    run.model().ifPresent(model -> sections.add(memory(Footprint.of(model.spec()))));
    sections.add(card());
    return new Page(name(), sections).html();
  }

  private String name() {
    return run.path().substring(run.path().lastIndexOf('/') + 1);
  }

  private String state() {
    String trained =
        String.format(
            Locale.ROOT,
            "%s on %s, %d of %d epochs",
            run.config().network().architecture().key(),
            run.config().dataset().kind().key(),
            run.epochs().size(),
            run.config().train().epochs());
    if (run.summary().isPresent()) {
      return trained + "; finished";
    }
    return run.ended()
        .map(ended -> trained + "; " + ended.reason())
        .orElse(trained + "; not finished");
  }

  /** The numbers that are asked for first. */
  private DomContent highlights() {
    ContainerTag<?> list = tag("ul").attr("class", "big");
    run.summary()
        .ifPresent(
            summary -> {
              fact(list, percent(summary.path("test_accuracy")), "test accuracy");
              fact(list, percent(summary.path("validation_accuracy")), "best validation accuracy");
              long packed = summary.path("model_bytes").longValue();
              long floats = summary.path("float_bytes").longValue();
              fact(
                  list,
                  Sizes.megabytes(packed),
                  String.format(
                      Locale.ROOT,
                      "packed model, %.1f %% less than float32",
                      Sizes.savedPercent(packed, floats)));
            });
    if (run.summary().isEmpty()) {
      best().ifPresent(value -> fact(list, percent(value), "best validation accuracy so far"));
    }
    fact(
        list,
        run.config().network().weightBits() + "w" + run.config().network().membraneBits() + "u",
        "bits of weights and membranes");
    return list;
  }

  private static void fact(ContainerTag<?> list, String value, String meaning) {
    if (!value.isEmpty()) {
      list.with(tag("li").with(tag("b").withText(value), tag("span").withText(meaning)));
    }
  }

  private Optional<Double> best() {
    return run.series("validation_accuracy").stream().filter(Objects::nonNull).max(Double::compare);
  }

  private static String percent(JsonNode value) {
    return value.isNumber() ? percent(value.doubleValue()) : "";
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * value);
  }

  private DomContent charts() {
    List<LineChart> charts =
        List.of(
            chart(
                "Accuracy",
                Map.entry("train_accuracy", "training, augmented"),
                Map.entry("validation_accuracy", "validation")),
            chart(
                "Loss, nats",
                Map.entry("loss", "loss"),
                Map.entry("cross_entropy", "cross entropy")),
            chart(
                "Spike regulation: rate term of the loss, nats",
                Map.entry("rate_term", "rate term")),
            chart("Learning rate", Map.entry("learning_rate", "learning rate")),
            chart(
                "Surrogate of the sign: k·t·(1 − tanh²(t·z))",
                Map.entry("k", "k, height"),
                Map.entry("t", "t, steepness")),
            time(),
            chart("Speed, samples a second", Map.entry("samples_per_s", "samples a second")));
    ContainerTag<?> grid = tag("div").attr("class", "charts");
    for (int i = 0; i < charts.size(); i++) {
      if (!charts.get(i).isEmpty()) {
        grid.with(charts.get(i).figure("c" + i));
      }
    }
    return section("Training", grid);
  }

  @SafeVarargs
  private LineChart chart(String title, Map.Entry<String, String>... lines) {
    List<LineChart.Series> series = new ArrayList<>();
    for (Map.Entry<String, String> line : lines) {
      series.add(new LineChart.Series(line.getValue(), run.series(line.getKey())));
    }
    return new LineChart(title, series);
  }

  private LineChart time() {
    List<LineChart.Series> series = new ArrayList<>();
    for (String part : List.of("compute", "reduce", "driver", "validation")) {
      series.add(new LineChart.Series(part, run.series(epoch -> epoch.path("seconds").path(part))));
    }
    return new LineChart("Where the time went, seconds an epoch", series);
  }

  private Optional<DomContent> spikes() {
    if (run.epochs().isEmpty()) {
      return Optional.empty();
    }
    HeatMap rates = layers("Firing rate by layer", "firing_rate");
    HeatMap entropy = layers("Entropy of a spike by layer, bits", "entropy");
    ContainerTag<?> grid = tag("div").attr("class", "charts");
    if (!rates.isEmpty()) {
      grid.with(rates.figure("h0"));
    }
    if (!entropy.isEmpty()) {
      grid.with(entropy.figure("h1"));
    }
    LineChart flips =
        new LineChart(
            "Signs of 1-bit weights that changed, share",
            List.of(new LineChart.Series("all layers", run.series(RunPage::flips))));
    if (!flips.isEmpty()) {
      grid.with(flips.figure("h2"));
    }
    return Optional.of(section("Spikes and weights", grid));
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

  private HeatMap layers(String title, String key) {
    List<String> names = new ArrayList<>();
    List<List<Double>> values = new ArrayList<>();
    JsonNode layers = run.epochs().get(0).path("layers");
    for (int i = 0; i < layers.size(); i++) {
      int layer = i;
      names.add(layers.get(i).path("name").asText());
      values.add(run.series(epoch -> epoch.path("layers").path(layer).path(key)));
    }
    return new HeatMap(title, names, values);
  }

  private Optional<DomContent> confusion() {
    return run.summary()
        .map(summary -> new ConfusionTable(summary.path("test_confusion"), classNames()))
        .filter(ConfusionTable::isShown)
        .map(table -> section("Test set: what was taken for what", table.table()));
  }

  private List<String> classNames() {
    return run.model().map(model -> model.description().classNames()).orElse(List.of());
  }

  private DomContent memory(Footprint footprint) {
    int bits = run.config().network().membraneBits();
    ContainerTag<?> table = tag("table").attr("class", "facts");
    row(table, "parameters", Sizes.count(footprint.parameters()));
    row(table, "weights as float32", Sizes.megabytes(footprint.floatBytes()));
    row(table, "weights, packed", Sizes.saving(footprint.packedBytes(), footprint.floatBytes()));
    row(
        table,
        "membranes of all layers, one sample",
        Sizes.megabytes(footprint.membraneBytes(bits)) + " at " + bits + " bits");
    return section("Memory", table);
  }

  private DomContent card() {
    ContainerTag<?> table = tag("table").attr("class", "facts");
    row(table, "folder", run.path());
    run.summary()
        .ifPresent(
            summary -> {
              row(table, "parameters_sha256", summary.path("parameters_sha256").asText());
              row(
                  table,
                  "seconds",
                  String.format(Locale.ROOT, "%.0f", summary.path("seconds").doubleValue()));
            });
    run.fingerprint()
        .fields()
        .forEachRemaining(field -> row(table, field.getKey(), shown(field.getValue())));
    return section(
        "What was run",
        tag("p").withText("The same again: "),
        tag("pre").withText("qsnn train " + run.path() + "/run.conf --set run.dir=FOLDER"),
        table,
        tag("details")
            .with(
                tag("summary").withText("The whole configuration"),
                tag("pre").attr("tabindex", "0").withText(run.config().render())));
  }

  private static String shown(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> parts = new ArrayList<>();
    value.forEach(part -> parts.add(part.asText()));
    return String.join(", ", parts);
  }

  private static void row(ContainerTag<?> table, String name, String value) {
    table.with(
        tag("tr").with(tag("th").attr("scope", "row").withText(name), tag("td").withText(value)));
  }

  private static DomContent section(String title, DomContent... parts) {
    return tag("section").with(tag("h2").withText(title)).with(parts);
  }
}
