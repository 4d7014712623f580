package org.qsnn.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.qsnn.json.Json;

/** Samples a second of one side of a comparison, in training and in inference. */
public record Throughput(double train, double infer) {
  static final String TRAIN = "train_samples_per_s";
  static final String INFER = "infer_samples_per_s";

  /** Of the last line that is a JSON object with both numbers, each above 0. */
  static Optional<Throughput> lastOf(List<String> lines) {
    return lines.stream().flatMap(line -> of(line).stream()).reduce((former, later) -> later);
  }

  private static Optional<Throughput> of(String line) {
    JsonNode json;
    try {
      json = Json.parse(line);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // what else the command prints is its own business
    }
    Throughput speeds = new Throughput(json.path(TRAIN).asDouble(0), json.path(INFER).asDouble(0));
    return isSpeed(speeds.train) && isSpeed(speeds.infer) ? Optional.of(speeds) : Optional.empty();
  }

  private static boolean isSpeed(double value) {
    return value > 0 && Double.isFinite(value);
  }
}
