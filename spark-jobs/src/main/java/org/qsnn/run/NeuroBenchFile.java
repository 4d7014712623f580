package org.qsnn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.qsnn.json.Json;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.NeuroBench;
import org.qsnn.model.PackedModel;

/** {@linkplain NeuroBench NeuroBench's metrics} of an evaluation as one JSON object on one line. */
public final class NeuroBenchFile {
  private NeuroBenchFile() {}

  public static byte[] bytes(PackedModel model, Evaluation evaluation) {
    return Json.line(json(NeuroBench.of(model, evaluation)));
  }

  private static ObjectNode json(Map<?, ?> metrics) {
    ObjectNode json = Json.object();
    metrics.forEach(
        (name, value) -> {
          String key = name.toString();
          if (value instanceof Map<?, ?> inner) {
            json.set(key, json(inner));
          } else if (value instanceof Long number) {
            json.put(key, number);
          } else {
            json.put(key, (Double) value);
          }
        });
    return json;
  }
}
