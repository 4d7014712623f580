package org.qsnn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.qsnn.DataException;

/**
 * What a sweep takes from the metrics of one epoch.
 *
 * @param firingRates of the validation samples, by layer, 0…1
 * @param seconds that it took
 */
record EpochResult(
    int epoch,
    double validationAccuracy,
    List<Double> firingRates,
    double seconds,
    String parametersSha256) {

  /**
   * @param file where it comes from, for messages
   * @throws DataException if a key is missing
   */
  static EpochResult of(ObjectNode row, int epoch, String file) {
    List<Double> rates = new ArrayList<>();
    for (JsonNode layer : row.path("layers")) {
      rates.add(number(layer, "validation_firing_rate", file));
    }
    if (row.path("epoch").asInt(-1) != epoch || rates.isEmpty()) {
      throw new DataException(file + ": must be the metrics of epoch " + epoch + "; found others");
    }
    return new EpochResult(
        epoch,
        number(row, "validation_accuracy", file),
        rates,
        number(row.path("seconds"), "total", file),
        row.path("parameters_sha256").asText());
  }

  private static double number(JsonNode node, String key, String file) {
    JsonNode value = node.path(key);
    if (!value.isNumber()) {
      throw new DataException(file + ": must have a number " + key + "; found " + value);
    }
    return value.doubleValue();
  }
}
