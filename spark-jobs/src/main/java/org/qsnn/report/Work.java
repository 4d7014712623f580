package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qsnn.metric.NeuroBench;
import org.qsnn.metric.SynapticOperations;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.text.Sizes;

/**
 * What a network has to do for a sample, under NeuroBench's names: counted on the test set, or
 * estimated as long as the run is not finished.
 */
final class Work {
  private static final String OF_A_SAMPLE = " a sample";

  private final ReportedRun run;
  private final PackedModel model;

  /** Of a sample: its mirror image is another. */
  private final int showings;

  private final Map<String, String> facts = new LinkedHashMap<>();

  private Work(ReportedRun run, PackedModel model) {
    this.run = run;
    this.model = model;
    this.showings = run.config().train().testMirror() ? 2 : 1;
  }

  static Optional<DomContent> section(ReportedRun run) {
    return run.model().map(model -> new Work(run, model).section());
  }

  private DomContent section() {
    Footprint footprint = Footprint.of(model.spec());
    facts.put(NeuroBench.FOOTPRINT, Sizes.count(footprint.packedBytes()) + " bytes");
    facts.put(NeuroBench.PARAMETERS, Sizes.count(footprint.parameters()));
    facts.put(NeuroBench.CONNECTION_SPARSITY, share(NeuroBench.connectionSparsity(model)));
    run.testAccuracy().ifPresent(value -> facts.put(NeuroBench.ACCURACY, Html.percent(value)));
    run.neuroBench().ifPresentOrElse(this::counted, () -> estimated(footprint));
    facts.put(
        NeuroBench.OPERATIONS + ", " + NeuroBench.DENSE,
        Sizes.count(showings * NeuroBench.dense(model.spec())) + OF_A_SAMPLE);
    return Html.section(
        "Work",
        Html.paragraph(
            "Under NeuroBench's names; "
                + (run.neuroBench().isPresent()
                    ? "counted one by one on the test set."
                    : "estimated from the spikes of the validation set until the run is finished.")),
        Html.facts(facts));
  }

  private void counted(JsonNode counts) {
    JsonNode sparsity = counts.path(NeuroBench.ACTIVATION_SPARSITY);
    if (sparsity.isNumber()) {
      facts.put(NeuroBench.ACTIVATION_SPARSITY, share(sparsity.doubleValue()));
    }
    JsonNode operations = counts.path(NeuroBench.OPERATIONS);
    for (String kind : List.of(NeuroBench.ACS, NeuroBench.MACS)) {
      perSample(NeuroBench.OPERATIONS + ", " + kind, operations.path(kind));
    }
    perSample(NeuroBench.MEMBRANE_UPDATES, counts.path(NeuroBench.MEMBRANE_UPDATES));
  }

  private void perSample(String name, JsonNode number) {
    if (number.isNumber()) {
      facts.put(name, String.format(Locale.ROOT, "%,.0f%s", number.doubleValue(), OF_A_SAMPLE));
    }
  }

  private void estimated(Footprint footprint) {
    NetworkSpec network = model.spec();
    double[] rates = rates();
    if (rates.length == network.layers().size()) {
      double active = 0;
      for (int i = 0; i < rates.length; i++) {
        active += rates[i] * network.layers().get(i).neurons() / footprint.neurons();
      }
      facts.put(NeuroBench.ACTIVATION_SPARSITY, share(1 - active));
      facts.put(
          NeuroBench.OPERATIONS + ", " + NeuroBench.ACS,
          String.format(
              Locale.ROOT,
              "about %,.0f%s, from firing rates and mean fan-outs",
              showings * new SynapticOperations(network).perSample(rates),
              OF_A_SAMPLE));
    }
    facts.put(
        NeuroBench.MEMBRANE_UPDATES,
        String.format(
            Locale.ROOT,
            "at most %s%s: every neuron at every timestep",
            Sizes.count(showings * footprint.neurons() * network.timesteps()),
            OF_A_SAMPLE));
  }

  private double[] rates() {
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
    return rates.stream().mapToDouble(rate -> rate).toArray();
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
