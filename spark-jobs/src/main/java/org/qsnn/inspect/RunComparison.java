package org.qsnn.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.qsnn.inspect.ComparedRun.Quantity;
import org.qsnn.json.Json;
import org.qsnn.run.FingerprintComparison;
import org.qsnn.run.RunDirectory;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/**
 * Whether two runs computed the same, epoch by epoch, and if not, where they differ and for what
 * possible reasons: for people as text, for programs as JSON.
 */
public final class RunComparison {
  private final ComparedRun one;
  private final ComparedRun other;
  private final SortedSet<String> epochs = new TreeSet<>();
  private final List<Difference> differences;
  private final List<String> causes;

  /**
   * A value that the runs do not share.
   *
   * @param file that has it
   */
  private record Difference(String file, Quantity quantity, JsonNode one, JsonNode other) {}

  private RunComparison(ComparedRun one, ComparedRun other, List<String> configuration) {
    this.one = one;
    this.other = other;
    epochs.addAll(one.epochs());
    epochs.addAll(other.epochs());
    this.differences = differences();
    this.causes = new ArrayList<>();
    configuration.forEach(key -> causes.add("another configuration: " + key));
    causes.addAll(one.causesToDifferFrom(other));
  }

  /**
   * Compares the runs in two folders.
   *
   * @param configuration how their configurations differ, a line for each key
   * @throws org.qsnn.DataException if one of them is no run, has ended no epoch, or is damaged
   */
  public static RunComparison of(
      InspectedFiles files, String one, String other, List<String> configuration) {
    return new RunComparison(
        new ComparedRun(files, one), new ComparedRun(files, other), configuration);
  }

  public boolean isEqual() {
    return differences.isEmpty();
  }

  /** Those of the first epoch that has any; if none has, those of the runs' ends. */
  private List<Difference> differences() {
    for (String epoch : epochs) {
      List<Difference> found =
          differences(RunDirectory.METRICS + "/" + epoch, one.epoch(epoch), other.epoch(epoch));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return differences(RunDirectory.SUMMARY, one.summary(), other.summary());
  }

  private static List<Difference> differences(
      String file, Map<Quantity, JsonNode> these, Map<Quantity, JsonNode> those) {
    Set<Quantity> quantities = new LinkedHashSet<>(these.keySet());
    quantities.addAll(those.keySet());
    List<Difference> found = new ArrayList<>();
    for (Quantity quantity : quantities) {
      JsonNode one = these.getOrDefault(quantity, MissingNode.getInstance());
      JsonNode other = those.getOrDefault(quantity, MissingNode.getInstance());
      if (!one.equals(other)) {
        found.add(new Difference(file, quantity, one, other));
      }
    }
    return found;
  }

  /** Lines for people. */
  public List<String> text() {
    TextBlocks text = new TextBlocks();
    if (isEqual()) {
      String end = one.summary().isEmpty() ? ", not finished" : " and the test";
      text.block(
          List.of(
              String.format(
                  Locale.ROOT,
                  "%s and %s are equal: %d epochs%s",
                  one.path(),
                  other.path(),
                  epochs.size(),
                  end)));
      return text.list("although they had", causes).lines();
    }
    Difference first = differences.get(0);
    Table facts = Table.ofFacts();
    facts.row("they differ in", first.file());
    facts.row("layer", first.quantity().layer().isEmpty() ? "all" : first.quantity().layer());
    facts.row("quantity", first.quantity().name());
    facts.row(one.path(), shown(first.one()));
    facts.row(other.path(), shown(first.other()));
    facts.row("also", differences.size() - 1 + " more values of this file");
    return text.block(facts.lines())
        .list("possible reasons", causes.isEmpty() ? List.of(FingerprintComparison.NONE) : causes)
        .lines();
  }

  /** One object on one line, without the end of line. */
  public String json() {
    ObjectNode json = Json.object();
    json.put("equal", isEqual());
    json.put("one", one.path());
    json.put("other", other.path());
    json.put("epochs", epochs.size());
    ArrayNode list = json.putArray("differences");
    for (Difference difference : differences) {
      ObjectNode object = list.addObject();
      object.put("file", difference.file());
      object.put("layer", difference.quantity().layer());
      object.put("quantity", difference.quantity().name());
      object.set("one", difference.one().isMissingNode() ? null : difference.one());
      object.set("other", difference.other().isMissingNode() ? null : difference.other());
    }
    ArrayNode why = json.putArray("causes");
    causes.forEach(why::add);
    return Json.text(json);
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode()
        ? "missing"
        : value.isValueNode() ? value.asText() : value.toString();
  }
}
