package org.qsnn.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.EnumKey;
import org.qsnn.metric.Confusion;
import org.qsnn.model.Footprint;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;

/**
 * What a person should know who is given a packed model: what it was trained on, how well it does,
 * what it must be shown, and what it cannot do. A function of the run's results: the same training
 * has the same card.
 */
public final class ModelCard {
  private final PackedModel model;
  private final Summary summary;
  private final String checksum;

  /**
   * @param checksum of the model's file, as {@code sha256sum} prints it
   */
  public ModelCard(PackedModel model, Summary summary, String checksum) {
    this.model = model;
    this.summary = summary;
    this.checksum = checksum.strip();
  }

  /** Markdown. */
  public String text() {
    List<String> lines = new ArrayList<>();
    NetworkSpec spec = model.spec();
    lines.add(
        String.format(Locale.ROOT, "# %s on %s", spec.architecture().key(), summary.dataset()));
    lines.add("");
    lines.add(
        "A spiking network with packed weights, trained by qsnn. The format is described in FORMAT.md of its"
            + " source; `qsnn inspect`, `qsnn predict` and `qsnn evaluate` read it.");
    section(lines, "Network", network(spec));
    section(lines, "Trained on", training());
    section(lines, "Results", results());
    section(lines, "What it is shown", input());
    section(lines, "Classes", classes());
    lines.add("");
    lines.add("## Limits");
    lines.add("");
    limits().forEach(limit -> lines.add("- " + limit));
    section(lines, "Hashes", hashes());
    return String.join("\n", lines) + "\n";
  }

  private static void section(List<String> lines, String title, Map<String, String> facts) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
    lines.add("| | |");
    lines.add("|---|---|");
    facts.forEach((name, value) -> lines.add("| " + cell(name) + " | " + cell(value) + " |"));
  }

  /** Names of classes are foreign text. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\s+", " ");
  }

  private Map<String, String> network(NetworkSpec spec) {
    Footprint footprint = Footprint.of(spec);
    Map<String, String> facts = ordered();
    facts.put("architecture", spec.architecture().key());
    facts.put("channels of the first layer", Integer.toString(spec.width()));
    facts.put("timesteps", Integer.toString(spec.timesteps()));
    facts.put("weights", EnumKey.of(spec.weightScheme()));
    facts.put("bits of a membrane", spec.membraneBits().toString().replace(",", ", "));
    if (!spec.neuron().equals(LifNeuron.PUBLISHED)) {
      facts.put("a membrane is quantized", EnumKey.of(spec.neuron().quantization()));
      facts.put(
          "fires where the membrane is", EnumKey.of(spec.neuron().firing()) + " the threshold");
    }
    if (!spec.neuron().hasUsualDynamics()) {
      facts.put("decay of a membrane", Float.toString(spec.neuron().decay()));
      facts.put("threshold", Float.toString(spec.neuron().threshold()));
      facts.put("reset", EnumKey.of(spec.neuron().reset()));
    }
    facts.put("the readout's features are", EnumKey.of(spec.head()));
    facts.put("trained numbers", Long.toString(footprint.parameters()));
    facts.put("packed bytes", Long.toString(footprint.packedBytes()));
    facts.put("the same as float32, bytes", Long.toString(footprint.floatBytes()));
    return facts;
  }

  private Map<String, String> training() {
    Map<String, String> facts = ordered();
    facts.put("data set", summary.dataset());
    facts.put("epochs", Integer.toString(summary.epochs()));
    facts.put("this model is of epoch", Integer.toString(summary.bestEpoch() + 1));
    Map<String, String> provenance = model.description().provenance();
    facts.put("seed", provenance.getOrDefault("seed", "not known"));
    if (provenance.containsKey("start-sha256")) {
      facts.put("started with the weights", provenance.get("start-sha256"));
    }
    if (provenance.containsKey("teacher-sha256")) {
      facts.put("taught by the model", provenance.get("teacher-sha256"));
    }
    return facts;
  }

  private Map<String, String> results() {
    Map<String, String> facts = ordered();
    if (summary.validationAccuracy() != null) {
      facts.put(
          "validation accuracy, by which the epoch was chosen",
          summary.shown(summary.validationAccuracy()));
    }
    Confusion test = summary.testConfusion();
    facts.put("test accuracy", summary.shown(summary.testAccuracy()));
    facts.put("test samples", Long.toString(test.samples()));
    return facts;
  }

  private Map<String, String> input() {
    NetworkSpec spec = model.spec();
    Map<String, String> facts = ordered();
    facts.put(
        "input",
        String.format(
            Locale.ROOT,
            "%d × %d × %d (channels, height, width)",
            spec.inputChannels(),
            spec.inputSize(),
            spec.inputSize()));
    facts.putAll(model.description().inputMetadata());
    new TreeMap<>(model.description().provenance())
        .forEach(
            (key, value) -> {
              if (key.startsWith("dataset.")) {
                facts.put(key, value);
              }
            });
    return facts;
  }

  private Map<String, String> classes() {
    Map<String, String> facts = ordered();
    ModelDescription description = model.description();
    Confusion test = summary.testConfusion();
    for (int k = 0; k < test.classes(); k++) {
      long samples = test.samples(k);
      String name =
          description.classNames().isEmpty()
              ? Integer.toString(k)
              : description.classNames().get(k);
      facts.put(
          k + " " + name,
          samples == 0
              ? "no test sample"
              : String.format(
                  Locale.ROOT, "%d of %d test samples correct", test.count(k, k), samples));
    }
    return facts;
  }

  private static List<String> limits() {
    return List.of(
        "It answers with one of its classes, whatever it is shown: it does not know that something is none of them.",
        "Scores are the softmax of mean logits; they were not calibrated, so 0.9 does not mean right nine times of ten.",
        "The accuracy is that on the data set's own test samples. On other cameras, light or objects it may be far lower.",
        "It was not tested against inputs that were made to fool it.",
        "Rights to the training data are those of the data set; this card cannot grant them.");
  }

  private Map<String, String> hashes() {
    Map<String, String> facts = ordered();
    String[] parts = checksum.split(" +", 2);
    facts.put("SHA-256 of " + parts[parts.length - 1], parts[0]);
    Map<String, String> provenance = model.description().provenance();
    facts.put("data-sha256", provenance.getOrDefault("data-sha256", "not known"));
    facts.put("configuration-sha256", provenance.getOrDefault("configuration-sha256", "not known"));
    facts.put("parameters-sha256, of the last state", summary.parametersSha256());
    return facts;
  }

  private static Map<String, String> ordered() {
    return new LinkedHashMap<>();
  }
}
