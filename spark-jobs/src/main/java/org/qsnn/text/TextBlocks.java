package org.qsnn.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qsnn.ControlCharacters;

/** Text in blocks, an empty line between them; what a terminal would obey is escaped. */
public final class TextBlocks {
  private final List<String> lines = new ArrayList<>();

  public TextBlocks block(List<String> block) {
    if (!lines.isEmpty() && !block.isEmpty()) {
      lines.add("");
    }
    block.stream().map(ControlCharacters::shownOnOneLine).forEach(lines::add);
    return this;
  }

  /** A heading and the values under it; nothing if there are none. */
  public TextBlocks section(String heading, JsonNode values) {
    Table facts = Table.ofFacts();
    addFacts("", values, facts);
    return list(heading, facts.lines());
  }

  /** A heading and the lines under it; nothing if there are none. */
  public TextBlocks list(String heading, List<String> lines) {
    List<String> block = new ArrayList<>();
    if (!lines.isEmpty()) {
      block.add(heading);
      lines.forEach(line -> block.add("  " + line));
    }
    return block(block);
  }

  public List<String> lines() {
    return lines;
  }

  /** Every value with its path; a list of values on one line, a list of objects by its length. */
  private static void addFacts(String path, JsonNode node, Table facts) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = path + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        addFacts(key + ".", value, facts);
      } else {
        facts.row(key, value.isArray() ? list(value) : value.asText());
      }
    }
  }

  private static String list(JsonNode array) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : array) {
      if (value.isContainerNode()) {
        return "list of " + array.size();
      }
      values.add(value.asText());
    }
    return String.join(" ", values);
  }
}
