package org.qsnn.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qsnn.DataException;
import org.qsnn.json.Json;
import org.qsnn.run.FingerprintComparison;
import org.qsnn.run.RunDirectory;

/** A run as it is compared with another: its numbers without times and paths. */
final class ComparedRun {
  private static final Set<String> NOT_COMPARED = Set.of("samples_per_s", "seconds", "model_file");
  private static final Set<String> SCHEDULE = Set.of("learning_rate", "k", "t");
  private static final Set<String> SPIKES =
      Set.of("firing_rate", "firing_rate_by_timestep", "entropy");

  private final InspectedFiles files;
  private final String path;
  private final List<String> names;

  /**
   * @throws DataException if there is no run with at least one epoch
   */
  ComparedRun(InspectedFiles files, String path) {
    this.files = files;
    this.path = path;
    this.names = files.isFolder(path) ? files.names(path) : List.of();
    if (!names.contains(RunDirectory.METRICS)) {
      throw new DataException(
          path + ": expected the folder of a run that has ended an epoch, found no metrics there");
    }
  }

  /**
   * What a run has a value of.
   *
   * @param layer or tensor that it is of; empty if it is of the whole network
   */
  record Quantity(String layer, String name) {
    /** When in an epoch it comes about. */
    private int stage() {
      if (SCHEDULE.contains(name)) {
        return 0;
      }
      if (SPIKES.contains(name)) {
        return 1;
      }
      if (name.startsWith("validation")) {
        return 5;
      }
      boolean isOfTheEnd = !layer.isEmpty() || name.equals("parameters_sha256");
      return !isOfTheEnd ? 2 : name.equals("sha256") ? 3 : 4;
    }
  }

  String path() {
    return path;
  }

  /** Names of the metrics files, sorted. */
  List<String> epochs() {
    return files.names(path + "/" + RunDirectory.METRICS);
  }

  /**
   * The values of an epoch in the order in which they come about, so that the first that differs is
   * nearest to the cause: schedule; spikes of each layer; loss and accuracy of the training; each
   * tensor after it; what follows from those; validation. None if there is no such file.
   */
  Map<Quantity, JsonNode> epoch(String name) {
    if (!epochs().contains(name)) {
      return Map.of();
    }
    Map<Quantity, JsonNode> values = quantities(json(RunDirectory.METRICS + "/" + name));
    Map<Quantity, JsonNode> ordered = new LinkedHashMap<>();
    values.entrySet().stream()
        .sorted(Comparator.comparing(value -> value.getKey().stage()))
        .forEach(value -> ordered.put(value.getKey(), value.getValue()));
    return ordered;
  }

  /** How the run ended; nothing if it did not. */
  Map<Quantity, JsonNode> summary() {
    return names.contains(RunDirectory.SUMMARY) ? quantities(json(RunDirectory.SUMMARY)) : Map.of();
  }

  /** What it was computed with: by its first driver, and by those that changed something. */
  private List<ObjectNode> fingerprints() {
    return RunDirectory.fingerprints(names).stream().map(this::json).toList();
  }

  /** What in their fingerprints can make this run and another differ, a line each. */
  List<String> causesToDifferFrom(ComparedRun other) {
    List<ObjectNode> these = fingerprints();
    List<ObjectNode> those = other.fingerprints();
    List<String> causes = new ArrayList<>();
    if (!these.isEmpty() && !those.isEmpty()) {
      causes.addAll(FingerprintComparison.between(these.get(0), those.get(0), "there"));
    }
    causes.addAll(changesOnResume(these));
    causes.addAll(other.changesOnResume(those));
    return causes;
  }

  private List<String> changesOnResume(List<ObjectNode> fingerprints) {
    List<String> changes = new ArrayList<>();
    for (int i = 1; i < fingerprints.size(); i++) {
      FingerprintComparison.between(fingerprints.get(i), fingerprints.get(i - 1), "before")
          .forEach(change -> changes.add(path + " was resumed with " + change));
    }
    return changes;
  }

  private ObjectNode json(String name) {
    String file = path + "/" + name;
    return files.read(file, (in, length) -> Json.read(in, length, file));
  }

  private static Map<Quantity, JsonNode> quantities(ObjectNode row) {
    Map<Quantity, JsonNode> values = new LinkedHashMap<>();
    row.properties().stream()
        .filter(field -> !NOT_COMPARED.contains(field.getKey()))
        .forEach(field -> add(values, field.getKey(), field.getValue()));
    return values;
  }

  /** A list of objects with names as the values of each; everything else as one value. */
  private static void add(Map<Quantity, JsonNode> values, String key, JsonNode value) {
    if (!value.path(0).has("name")) {
      values.put(new Quantity("", key), value);
      return;
    }
    for (JsonNode object : value) {
      String layer = object.path("name").asText();
      object.properties().stream()
          .filter(field -> !field.getKey().equals("name"))
          .forEach(field -> values.put(new Quantity(layer, field.getKey()), field.getValue()));
    }
  }
}
