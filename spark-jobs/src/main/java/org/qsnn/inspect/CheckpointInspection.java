package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.json.Json;
import org.qsnn.model.Tensor;
import org.qsnn.model.TensorFile;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** A training state: where it is, and its latent parameters. */
final class CheckpointInspection {
  private static final String PARAMETERS = "parameters.";

  private final String path;
  private final long fileBytes;
  private final List<Tensor> parameters;
  private final long floatBytes;

  private CheckpointInspection(TensorFile file, String path, long fileBytes) {
    this.path = path;
    this.fileBytes = fileBytes;
    this.parameters = file.tensors().stream().filter(t -> t.name().startsWith(PARAMETERS)).toList();
    this.floatBytes = parameters.stream().mapToLong(Tensor::byteLength).sum();
  }

  static Inspection of(TensorFile file, String path, long fileBytes) {
    CheckpointInspection inspection = new CheckpointInspection(file, path, fileBytes);
    ObjectNode state = state(file);
    ObjectNode provenance = Json.object();
    file.provenance().forEach(provenance::put);
    ObjectNode json = inspection.json();
    json.set("state", state);
    json.set("provenance", provenance);
    TextBlocks text =
        new TextBlocks()
            .block(inspection.facts().lines())
            .section("training state", state)
            .block(inspection.table().lines())
            .section("provenance", provenance);
    return new Inspection(json, text.lines());
  }

  /** Epoch, step and the like: the metadata that is not provenance. */
  private static ObjectNode state(TensorFile file) {
    ObjectNode state = Json.object();
    file.metadata().keySet().stream()
        .filter(key -> !key.startsWith(TensorFile.PROVENANCE))
        .forEach(key -> state.put(key, file.metadata(key)));
    return state;
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("what", Checkpoint.KIND);
    json.put("path", path);
    json.put("parameters", floatBytes / Float.BYTES);
    json.put("float_bytes", floatBytes);
    json.put("file_bytes", fileBytes);
    ArrayNode layers = json.putArray("layers");
    for (Tensor parameter : parameters) {
      ObjectNode layer = layers.addObject();
      layer.put("name", name(parameter));
      ArrayNode shape = layer.putArray("shape");
      IntStream.of(parameter.shape()).forEach(shape::add);
      layer.put("form", "float");
      layer.put("parameters", parameter.byteLength() / Float.BYTES);
      layer.put("float_bytes", parameter.byteLength());
    }
    return json;
  }

  private Table facts() {
    return Table.ofFacts()
        .row("checkpoint", path)
        .row("parameters", Sizes.count(floatBytes / Float.BYTES))
        .row("as float32", Sizes.megabytes(floatBytes))
        .row("file", Sizes.megabytes(fileBytes));
  }

  private Table table() {
    Table table = Table.headed("latent parameter", ">shape", ">parameters", ">bytes");
    for (Tensor parameter : parameters) {
      table.row(
          name(parameter),
          Sizes.shape(parameter.shape()),
          Sizes.count(parameter.byteLength() / Float.BYTES),
          Sizes.count(parameter.byteLength()));
    }
    return table;
  }

  private static String name(Tensor parameter) {
    return parameter.name().substring(PARAMETERS.length());
  }
}
