package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsnn.metric.NeuroBench;
import org.qsnn.metric.SynapticOperations;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.text.Sizes;

/** What a network takes: memory in both of the paper's senses, and work. */
final class Sizing {
  private static final int FLOAT_BITS = 32;

  private Sizing() {}

  static Optional<DomContent> memory(ReportedRun run) {
    return run.model().map(model -> memory(run, Footprint.of(model.spec())));
  }

  private static DomContent memory(ReportedRun run, Footprint footprint) {
    int bits = run.config().network().membraneBits();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("parameters", Sizes.count(footprint.parameters()));
    all.put("weights as float32", Sizes.megabytes(footprint.floatBytes()));
    all.put("weights, packed", Sizes.saving(footprint.packedBytes(), footprint.floatBytes()));
    all.put(
        "membranes of all layers, one sample",
        Sizes.megabytes(footprint.membraneBytes(bits)) + " at " + bits + " bits");
    all.put(
        "weights and membranes of all layers",
        String.format(
            Locale.ROOT,
            "%s, %.1f %% less than with 32 bits throughout",
            Sizes.megabytes(footprint.packedBytes() + footprint.membraneBytes(bits)),
            100 * footprint.saving(bits)));
    return Html.section(
        "Memory",
        Html.facts(all),
        Html.paragraph(
            "As the paper's Table 2 counts: weights, and the membranes of the largest layer only,"
                + " by batch size, in MB (10⁶ bytes)."),
        table(run, footprint));
  }

  private static DomContent table(ReportedRun run, Footprint footprint) {
    int bits = run.config().network().membraneBits();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put("this network, " + run.bits(), tableRow(footprint, footprint.packedBytes(), bits));
    rows.put("this network, 32w32u", tableRow(footprint, footprint.floatBytes(), FLOAT_BITS));
    String architecture = run.config().network().architecture().key();
    Paper.memory(architecture, run.config().network().weightBits(), bits)
        .ifPresent(row -> rows.put("paper, full width, " + run.bits(), shown(row)));
    Paper.memory(architecture, FLOAT_BITS, FLOAT_BITS)
        .ifPresent(row -> rows.put("paper, full width, 32w32u", shown(row)));
    return Html.table(
        "memory by batch size",
        Stream.concat(Stream.of(""), Paper.BATCHES.stream().map(batch -> "batch " + batch))
            .toList(),
        rows);
  }

  private static List<String> tableRow(Footprint footprint, long weightBytes, int bits) {
    return Paper.BATCHES.stream()
        .map(batch -> megabytes(footprint.tableBytes(weightBytes, bits, batch) / 1e6))
        .toList();
  }

  private static List<String> shown(Paper.Memory row) {
    return row.megabytes().stream().map(Sizing::megabytes).toList();
  }

  private static String megabytes(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Under the names of NeuroBench. */
  static Optional<DomContent> work(ReportedRun run) {
    return run.model().map(model -> work(run, model.spec()));
  }

  private static DomContent work(ReportedRun run, NetworkSpec network) {
    Footprint footprint = Footprint.of(network);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(NeuroBench.FOOTPRINT, Sizes.count(footprint.packedBytes()) + " bytes");
    facts.put(NeuroBench.PARAMETERS, Sizes.count(footprint.parameters()));
    run.testAccuracy().ifPresent(value -> facts.put(NeuroBench.ACCURACY, Html.percent(value)));
    List<Double> rates = rates(run);
    if (rates.size() == network.layers().size()) {
      double[] all = rates.stream().mapToDouble(rate -> rate).toArray();
      SynapticOperations operations = new SynapticOperations(network);
      double active = 0;
      for (int i = 0; i < all.length; i++) {
        active += all[i] * network.layers().get(i).neurons() / footprint.neurons();
      }
      facts.put(NeuroBench.ACTIVATION_SPARSITY, String.format(Locale.ROOT, "%.4f", 1 - active));
      facts.put(
          NeuroBench.OPERATIONS + ", " + NeuroBench.ACS,
          String.format(
              Locale.ROOT,
              "%,.0f a sample, from firing rates and mean fan-outs",
              operations.perSample(all)));
    }
    facts.put(
        NeuroBench.OPERATIONS + ", " + NeuroBench.DENSE,
        Sizes.count(NeuroBench.dense(network)) + " a sample");
    facts.put(
        NeuroBench.MEMBRANE_UPDATES,
        "at most "
            + Sizes.count(footprint.neurons() * network.timesteps())
            + " a sample: every neuron at every timestep");
    return Html.section(
        "Work",
        Html.paragraph("Under NeuroBench's names; spikes are those of the validation set."),
        Html.facts(facts));
  }

  private static List<Double> rates(ReportedRun run) {
    List<Double> rates = new ArrayList<>();
    run.bestEpoch()
        .ifPresent(
            epoch -> {
              for (JsonNode layer : epoch.path("layers")) {
                JsonNode rate = layer.path("validation_firing_rate");
                if (rate.isNumber()) {
                  rates.add(rate.doubleValue());
                }
              }
            });
    return rates;
  }
}
