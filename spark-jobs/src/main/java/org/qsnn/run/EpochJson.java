package org.qsnn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.qsnn.json.Json;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.WeightDistribution;

/** An epoch's row as JSON; METRICS.md names each key. */
final class EpochJson {
  private EpochJson() {}

  static ObjectNode of(EpochMetrics metrics) {
    ObjectNode row = Json.object();
    row.put("epoch", metrics.epoch());
    row.put("loss", metrics.loss());
    row.put("cross_entropy", metrics.crossEntropy());
    row.put("rate_term", metrics.rateTerm());
    row.put("train_accuracy", metrics.trainAccuracy());
    row.put("validation_accuracy", metrics.validationAccuracy());
    row.put("learning_rate", metrics.learningRate());
    row.put("k", metrics.k());
    row.put("t", metrics.t());
    row.put("samples_per_s", metrics.samplesPerSecond());
    row.set("seconds", seconds(metrics.seconds()));
    ArrayNode layers = row.putArray("layers");
    metrics.layers().forEach(layer -> layers.add(layer(layer)));
    ArrayNode weights = row.putArray("weights");
    metrics.weights().forEach(tensor -> weights.add(weights(tensor)));
    row.put("parameters_sha256", metrics.hashes().parameters());
    ArrayNode parameters = row.putArray("parameters");
    metrics.hashes().windows().forEach((name, sha256) -> parameters.add(window(name, sha256)));
    return row;
  }

  private static ObjectNode seconds(EpochMetrics.Seconds seconds) {
    ObjectNode object = Json.object();
    object.put("compute", seconds.compute());
    object.put("reduce", seconds.reduce());
    object.put("driver", seconds.driver());
    object.put("validation", seconds.validation());
    object.put("total", seconds.total());
    return object;
  }

  private static ObjectNode layer(EpochMetrics.Layer layer) {
    ObjectNode object = Json.object();
    object.put("name", layer.name());
    object.put("firing_rate", layer.firingRate());
    object.set("firing_rate_by_timestep", numbers(layer.firingRates()));
    object.put("entropy", layer.entropy());
    object.put("validation_firing_rate", layer.validationFiringRate());
    object.set("validation_firing_rate_by_timestep", numbers(layer.validationFiringRates()));
    EpochMetrics.Spikes validation = layer.validation();
    object.put("validation_spikes", validation == null ? null : validation.ones());
    object.put("validation_neuron_timesteps", validation == null ? null : validation.all());
    object.put("sign_flips", layer.signFlips());
    object.put("weights", layer.weights());
    return object;
  }

  private static ObjectNode weights(WeightDistribution tensor) {
    ObjectNode object = Json.object();
    object.put("name", tensor.name());
    object.put("bits", tensor.bits());
    object.put("negative", tensor.negative());
    object.put("positive", tensor.positive());
    object.put("histogram_from", -tensor.largest());
    object.put("histogram_to", tensor.largest());
    ArrayNode histogram = object.putArray("histogram");
    tensor.histogram().forEach(histogram::add);
    return object;
  }

  /** The numbers in a list, or null. */
  private static JsonNode numbers(List<Double> values) {
    if (values == null) {
      return NullNode.instance;
    }
    ArrayNode numbers = Json.array();
    values.forEach(numbers::add);
    return numbers;
  }

  private static ObjectNode window(String name, String sha256) {
    ObjectNode object = Json.object();
    object.put("name", name);
    object.put("sha256", sha256);
    return object;
  }
}
