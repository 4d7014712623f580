package org.qsnn.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.inspect.ModelExamples;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;

/** METRICS.md lists exactly the keys that are written, in their order, with their types. */
class MetricsPageTest {
  private final WrittenFiles written = new WrittenFiles();
  private final RunReport report = new RunReport(written);

  @Test
  void listsTheKeysOfAnEpoch() throws IOException {
    report.epoch(Examples.epoch(0.5, 0.25));
    assertListed("metrics/epoch-NNNN.json", written.json(RunDirectory.metrics(2)));
  }

  @Test
  void listsTheKeysOfTheSummary() throws IOException {
    report.summary(Examples.summary(0.5, 0.5, true));
    assertListed("summary.json", written.json(RunDirectory.SUMMARY));
  }

  @Test
  void listsTheKeysOfAMistake() throws IOException {
    report.mistakes(Examples.mistakes(), List.of("cat", "dog"));
    // of the first line
    assertListed("mistakes.json", written.json(RunDirectory.MISTAKES));
  }

  @Test
  void listsTheKeysOfNeuroBenchsMetrics() throws IOException {
    PackedModel model = ModelExamples.model(WeightScheme.REGULATED);
    report.neuroBench(model, ModelExamples.evaluation(model));
    JsonNode metrics = written.json(RunDirectory.NEUROBENCH);

    // of the first layer
    ObjectNode byLayer = (ObjectNode) metrics.get("ActivationSparsityByLayer");
    byLayer.set("LAYER", byLayer.elements().next());
    byLayer.retain("LAYER");
    assertListed("neurobench.json", metrics);
  }

  @Test
  void listsTheKeysOfTheFingerprint() throws IOException {
    report.fingerprint(0, Examples.fingerprint().json());
    assertListed("fingerprint.json", written.json(RunDirectory.FINGERPRINT));
  }

  private static void assertListed(String file, JsonNode json) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    collect("", json, found);
    Map<String, String> listed = listed(file);
    listed.replaceAll((key, type) -> type.replace(" or null", ""));
    assertThat(List.copyOf(found.entrySet())).isEqualTo(List.copyOf(listed.entrySet()));
  }

  /** Keys and types of the table under a heading, in order. */
  private static Map<String, String> listed(String file) throws IOException {
    Map<String, String> keys = new LinkedHashMap<>();
    boolean inSection = false;
    for (String line : Files.readAllLines(Path.of("METRICS.md"))) {
      if (line.startsWith("## ")) {
        inSection = line.equals("## " + file);
      } else if (inSection && line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        keys.put(cells[1].strip().replace("`", ""), cells[2].strip());
      }
    }
    return keys;
  }

  private static void collect(String path, JsonNode node, Map<String, String> keys) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.fields().forEachRemaining(f -> collect(prefix + f.getKey(), f.getValue(), keys));
    } else if (node.isArray()) {
      node.forEach(element -> collect(path + "[]", element, keys));
    } else {
      keys.put(path, type(node));
    }
  }

  private static String type(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> node.isIntegralNumber() ? "integer" : "number";
      default -> node.getNodeType().toString();
    };
  }
}
