package org.qsnn.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.json.Json;

/** Runs of many epochs and layers, as if they had been read. */
final class LongRuns {
  private LongRuns() {}

  /** Of {@code epochs} epochs of which all are done, and {@code layers} layers. */
  static ReportedRun run(String path, int epochs, int layers, String... settings) {
    List<String> overrides = new ArrayList<>(List.of(settings));
    overrides.add("train.epochs=" + epochs);
    RunConfig config = RunConfig.load(ConfigText.none("test"), overrides, Instant.EPOCH);
    List<ObjectNode> rows = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      rows.add(row(epoch, epochs, layers));
    }
    return new ReportedRun(
        path,
        config,
        rows,
        Optional.empty(),
        Json.object(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static ObjectNode row(int epoch, int epochs, int layers) {
    double done = (double) epoch / epochs;
    ObjectNode row = Json.object();
    row.put("epoch", epoch);
    for (String key : List.of("loss", "cross_entropy", "rate_term", "learning_rate", "k", "t")) {
      row.put(key, 1 - done + key.length() * 1e-3);
    }
    row.put("train_accuracy", done).put("validation_accuracy", done * 0.9);
    row.put("samples_per_s", 1000 + done);
    ObjectNode seconds = row.putObject("seconds");
    for (String part : List.of("compute", "reduce", "driver", "validation")) {
      seconds.put(part, 1 + done);
    }
    ArrayNode spiking = row.putArray("layers");
    ArrayNode weights = row.putArray("weights");
    for (int i = 0; i < layers; i++) {
      ObjectNode layer = spiking.addObject();
      layer.put("name", "blocks." + i + ".lif").put("firing_rate", 0.1 + 0.01 * i);
      layer.putArray("firing_rate_by_timestep").add(0.1).add(0.2);
      layer.put("entropy", 0.5).put("validation_firing_rate", 0.12);
      layer.putArray("validation_firing_rate_by_timestep").add(0.1).add(0.2);
      layer.put("validation_spikes", 1000L * i).put("validation_neuron_timesteps", 100_000L);
      layer.put("sign_flips", 3).put("weights", 1000);
      ObjectNode tensor = weights.addObject();
      tensor.put("name", "blocks." + i + ".conv.weight").put("bits", 1);
      tensor.put("negative", 500).put("positive", 500);
      tensor.put("histogram_from", -3.0).put("histogram_to", 3.0);
      ArrayNode histogram = tensor.putArray("histogram");
      for (int bin = 0; bin < 40; bin++) {
        histogram.add(bin < 20 ? bin : 40 - bin);
      }
    }
    return row;
  }
}
