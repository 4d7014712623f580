package org.qsnn.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.qsnn.config.Objective;
import org.qsnn.json.Json;

/** A trial as it stands in {@code trials.json}; SWEEPS.md names each key. */
public final class TrialRow {
  private TrialRow() {}

  static ObjectNode of(Trial trial, String state, int rung, TrialResult result) {
    ObjectNode row = Json.object();
    row.put("trial", trial.number());
    row.put("state", state);
    ObjectNode point = row.putObject("point");
    trial.named().forEach((name, value) -> put(point, name, value));
    row.put("seed", trial.config().run().seed());
    row.put("rung", rung);
    row.put("epochs", result.epochs());
    for (Objective objective : Objective.values()) {
      Double value = result.objectives().get(objective);
      if (value == null && objective.isKnownBefore()) {
        value = trial.knownBefore(objective);
      }
      putNumber(row, objective.column(), value);
    }
    row.put(
        "parameters_sha256",
        result.parametersSha256().isEmpty() ? null : result.parametersSha256());
    row.put("seconds", result.seconds());
    row.put("reason", result.reason().isEmpty() ? null : result.reason());
    row.put("folder", trial.folder());
    return row;
  }

  /** Bytes are whole numbers. */
  private static void putNumber(ObjectNode row, String key, Double value) {
    if (value != null && key.endsWith("_bytes")) {
      row.put(key, value.longValue());
    } else {
      row.put(key, value);
    }
  }

  /** A number if it is written as one. */
  private static void put(ObjectNode point, String name, String value) {
    try {
      point.put(name, new BigDecimal(value));
    } catch (NumberFormatException e) {
      point.put(name, value);
    }
  }

  /** The point of a row: values by key, as text. */
  public static Map<String, String> point(ObjectNode row) {
    Map<String, String> point = new LinkedHashMap<>();
    row.path("point").fields().forEachRemaining(e -> point.put(e.getKey(), e.getValue().asText()));
    return point;
  }

  /** In a line for people, as {@code train.learning-rate=0.1 network.membrane-bits=4}. */
  public static String shown(Map<String, String> named) {
    StringBuilder text = new StringBuilder();
    named.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
    return text.toString();
  }

  static String shown(double accuracy) {
    return String.format(Locale.ROOT, "%.4f", accuracy);
  }
}
