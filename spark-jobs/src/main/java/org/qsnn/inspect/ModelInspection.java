package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.qsnn.EnumKey;
import org.qsnn.json.Json;
import org.qsnn.model.Footprint;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** A packed model: its network, its sizes in the paper's sense, its layers. */
final class ModelInspection {
  private static final int FLOAT_BITS = 32;

  private final NetworkSpec network;
  private final Footprint footprint;
  private final String path;
  private final long fileBytes;

  private ModelInspection(NetworkSpec network, String path, long fileBytes) {
    this.network = network;
    this.footprint = Footprint.of(network);
    this.path = path;
    this.fileBytes = fileBytes;
  }

  static Inspection of(PackedModel model, String path, long fileBytes) {
    ModelInspection inspection = new ModelInspection(model.spec(), path, fileBytes);
    ModelLayers layers = ModelLayers.of(model, inspection.footprint);
    ModelDescription description = model.description();
    ObjectNode provenance = Json.object();
    new TreeMap<>(description.provenance()).forEach(provenance::put);
    ObjectNode input = Json.object();
    description.inputMetadata().forEach(input::put);
    ObjectNode json = inspection.json();
    json.set("input", input);
    description.classNames().forEach(json.putArray("classes")::add);
    json.set("layers", layers.json());
    json.set("provenance", provenance);
    TextBlocks text =
        new TextBlocks()
            .block(inspection.facts().lines())
            .block(layers.table().lines())
            .section("input", input)
            .list("classes", onOneLine(description.classNames()))
            .section("provenance", provenance);
    return new Inspection(json, text.lines());
  }

  private static List<String> onOneLine(List<String> names) {
    return names.isEmpty() ? names : List.of(String.join(", ", names));
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("what", PackedModel.KIND);
    json.put("path", path);
    json.set("network", networkJson());
    json.put("parameters", footprint.parameters());
    json.put("float_bytes", footprint.floatBytes());
    json.put("packed_bytes", footprint.packedBytes());
    json.put("saved_percent", savedPercent());
    json.put("membrane_float_bytes", footprint.membraneBytes(FLOAT_BITS));
    json.put("membrane_bytes", footprint.membraneBytes());
    json.put("weights_and_membrane_saved_percent", savedOfBothPercent());
    json.put("file_bytes", fileBytes);
    return json;
  }

  private ObjectNode networkJson() {
    ObjectNode json = Json.object();
    json.put("architecture", network.architecture().key());
    json.put("layers", network.architecture().text());
    json.put("width", network.width());
    json.put("timesteps", network.timesteps());
    json.put("input_channels", network.inputChannels());
    json.put("input_size", network.inputSize());
    json.put("classes", network.classes());
    json.put("weight_scheme", EnumKey.of(network.weightScheme()));
    Json.putNumbers(json, "membrane_bits", network.membraneBits().values());
    json.put("membrane_quantization", EnumKey.of(network.neuron().quantization()));
    json.put("firing", EnumKey.of(network.neuron().firing()));
    json.put("decay", network.neuron().decay());
    json.put("threshold", network.neuron().threshold());
    json.put("reset", EnumKey.of(network.neuron().reset()));
    json.put("head", EnumKey.of(network.head()));
    return json;
  }

  private Table facts() {
    String scheme = EnumKey.of(network.weightScheme());
    int[] input = {network.inputChannels(), network.inputSize(), network.inputSize()};
    Table facts = Table.ofFacts();
    facts
        .row("packed model", path)
        .row("network", network.architecture().key() + " of width " + network.width())
        .row("classes", Sizes.count(network.classes()))
        .row("input", Sizes.shape(input) + ", " + network.timesteps() + " timesteps")
        .row("weights", scheme + ", " + Sizes.count(footprint.parameters()) + " parameters")
        .row("as float32", Sizes.megabytes(footprint.floatBytes()))
        .row("packed", Sizes.megabytes(footprint.packedBytes()) + saved(savedPercent()))
        .row("membrane", membrane());
    if (!network.membraneBits().isUniform()) {
      facts.row("membrane bits", bitsByLayer());
    }
    return facts
        .row("both", "weights and membrane" + saved(savedOfBothPercent()))
        .row("file", Sizes.megabytes(fileBytes));
  }

  private String membrane() {
    return String.format(
        Locale.ROOT,
        "%s a sample at %s bits%s, %s as float32",
        Sizes.megabytes(footprint.membraneBytes()),
        network.membraneBits().shown(),
        network.neuron().equals(LifNeuron.PUBLISHED) ? "" : ", " + neuron(),
        Sizes.megabytes(footprint.membraneBytes(FLOAT_BITS)));
  }

  private String bitsByLayer() {
    return footprint.membranes().stream()
        .map(membrane -> membrane.name() + " " + membrane.bits())
        .collect(Collectors.joining(", "));
  }

  private String neuron() {
    return "quantized "
        + EnumKey.of(network.neuron().quantization()).replace('-', ' ')
        + ", fires "
        + EnumKey.of(network.neuron().firing()).replace('-', ' ')
        + " the threshold"
        + (network.neuron().hasUsualDynamics() ? "" : ", " + dynamics());
  }

  private String dynamics() {
    return "decay "
        + network.neuron().decay()
        + ", threshold "
        + network.neuron().threshold()
        + ", "
        + EnumKey.of(network.neuron().reset())
        + " reset";
  }

  private double savedPercent() {
    return Sizes.savedPercent(footprint.packedBytes(), footprint.floatBytes());
  }

  private double savedOfBothPercent() {
    return 100 * footprint.saving();
  }

  private static String saved(double percent) {
    return String.format(Locale.ROOT, ", %.1f %% saved", percent);
  }
}
