package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.qsnn.config.Objective;
import org.qsnn.sweep.StoredSweep;
import org.qsnn.sweep.SweepTable;
import org.qsnn.sweep.TrialRow;

/**
 * What a sweep has left so far.
 *
 * @param path of its folder, absolute
 * @param trials rows of all that have begun, by number
 * @param front rows of those on the front; empty before the sweep's end
 * @param planned trials that there will be
 * @param repeat seeds of each point
 * @param description keys of the sweep's file
 * @param base configuration from which all trials start
 * @param problems what is damaged and left out, a line each
 */
record ReportedSweep(
    String path,
    List<ObjectNode> trials,
    List<ObjectNode> front,
    List<Objective> objectives,
    int planned,
    int repeat,
    boolean isHalved,
    boolean isComplete,
    Map<String, String> description,
    String base,
    List<String> problems) {
  ReportedSweep {
    problems = List.copyOf(problems);
    front = List.copyOf(front);
    trials = tested(trials, front);
    objectives = List.copyOf(objectives);
  }

  /** Only the front's rows say how their trials were tested. */
  private static List<ObjectNode> tested(List<ObjectNode> trials, List<ObjectNode> front) {
    Map<JsonNode, ObjectNode> tested = new HashMap<>();
    front.forEach(row -> tested.put(row.path("trial"), row));
    return trials.stream().map(row -> tested.getOrDefault(row.path("trial"), row)).toList();
  }

  static ReportedSweep of(StoredSweep stored) {
    StoredSweep.Standing standing = stored.standing();
    return new ReportedSweep(
        stored.path(),
        stored.trials(),
        stored.front(),
        stored.description().goal().objectives(),
        standing.trials(),
        stored.description().search().repeat(),
        stored.description().halving().isPresent(),
        standing.isComplete(),
        new TreeMap<>(stored.description().values()),
        stored.base().render(),
        stored.leftOut());
  }

  /**
   * Trials that have a value in the first objective, the best first, of equals the lower number.
   */
  List<ObjectNode> ranked() {
    Objective first = objectives.get(0);
    int sign = first.isMaximized() ? -1 : 1;
    List<ObjectNode> ranked = new ArrayList<>(trials);
    ranked.removeIf(row -> !row.path(first.column()).isNumber());
    ranked.sort(Comparator.comparingDouble(row -> sign * row.path(first.column()).doubleValue()));
    return ranked;
  }

  boolean isOnFront(ObjectNode row) {
    return front.stream().anyMatch(other -> other.path("trial").equals(row.path("trial")));
  }

  /** The keys that vary. */
  List<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    trials.forEach(row -> keys.addAll(TrialRow.point(row).keySet()));
    return List.copyOf(keys);
  }

  String shown(ObjectNode row, Objective objective) {
    return row.path(objective.column()).isNumber()
        ? SweepTable.shown(objective, row.path(objective.column()).doubleValue())
        : "";
  }

  /** Its number and its point. */
  static String name(ObjectNode row) {
    return row.path("trial").asInt() + ": " + TrialRow.shown(TrialRow.point(row));
  }

  /** The value alone where there is one key. */
  static String name(Map<String, String> point) {
    return point.size() == 1 ? point.values().iterator().next() : TrialRow.shown(point);
  }
}
