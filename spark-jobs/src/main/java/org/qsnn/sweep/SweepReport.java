package org.qsnn.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.config.SweepConfig;

/**
 * What a sweep has found.
 *
 * @param path of the sweep's folder
 * @param trials rows of all
 * @param front rows of those that none is better than in every objective
 */
record SweepReport(
    SweepConfig sweep, String path, List<ObjectNode> trials, List<ObjectNode> front) {
  SweepReport {
    trials = List.copyOf(trials);
    front = List.copyOf(front);
  }

  /** The front, repeats side by side, what did not work, and where everything lies. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (front.isEmpty()) {
      lines.add("no trial was trained whole");
    } else {
      lines.addAll(SweepTable.ofTrials(front, sweep.goal().objectives()));
    }
    if (sweep.search().repeat() > 1) {
      lines.add("");
      lines.addAll(
          SweepTable.ofPoints(trials, sweep.search().repeat(), sweep.goal().objectives().get(0)));
    }
    lines.add("");
    counts()
        .forEach((state, count) -> lines.add(String.format(Locale.ROOT, "%-12s %d", state, count)));
    lines.add("sweep        " + path);
    lines.add("             " + path + "/" + SweepFolder.TRIALS);
    lines.add("             " + path + "/" + SweepFolder.FRONT);
    return lines;
  }

  private SortedMap<String, Integer> counts() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    trials.forEach(row -> counts.merge(row.path("state").asText(), 1, Integer::sum));
    return counts;
  }

  /** The front with a heading; texts are quoted. */
  byte[] csv() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < front.size(); i++) {
      Map<String, JsonNode> cells = cells(front.get(i));
      if (i == 0) {
        text.append(String.join(",", cells.keySet())).append('\n');
      }
      text.append(String.join(",", cells.values().stream().map(SweepReport::quoted).toList()));
      text.append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private static Map<String, JsonNode> cells(ObjectNode row) {
    Map<String, JsonNode> cells = new LinkedHashMap<>();
    Iterator<Map.Entry<String, JsonNode>> fields = row.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (field.getValue() instanceof ObjectNode point) {
        point.fields().forEachRemaining(inner -> cells.put(inner.getKey(), inner.getValue()));
      } else {
        cells.put(field.getKey(), field.getValue());
      }
    }
    return cells;
  }

  private static String quoted(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    return value.isTextual() ? '"' + value.asText().replace("\"", "\"\"") + '"' : value.asText();
  }
}
