package org.qsnn.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qsnn.EnumKey;
import org.qsnn.config.Objective;
import org.qsnn.config.SweepConfig;

/** Where every trial of a sweep stands: for {@code trials.json} and for whoever watches. */
final class Board {
  private static final String RUNNING = "running";

  private final SweepConfig sweep;
  private final Decisions decisions;
  private final SortedMap<Integer, Trial> trials = new TreeMap<>();
  private final SortedMap<Integer, Standing> standings = new TreeMap<>();
  private final Set<Integer> running = new TreeSet<>();
  private final long started = System.nanoTime();
  private long epochsComputed;

  /** The newest result of a trial, and the rung that it is of. */
  private record Standing(int rung, TrialResult result) {}

  Board(SweepConfig sweep, Decisions decisions) {
    this.sweep = sweep;
    this.decisions = decisions;
  }

  void made(Trial trial) {
    trials.put(trial.number(), trial);
  }

  Trial trial(int number) {
    return trials.get(number);
  }

  /** A trial that is not trained at all. */
  void leftOut(Trial trial, String reason) {
    made(trial);
    TrialResult result = TrialResult.ended(TrialResult.State.OVER_LIMIT, List.of(), reason);
    standings.put(trial.number(), new Standing(-1, result));
  }

  void started(int trial) {
    running.add(trial);
  }

  void ended(int trial) {
    running.remove(trial);
  }

  /**
   * @param computed epochs that were computed for it just now
   */
  void achieved(int trial, int rung, TrialResult result, int computed) {
    standings.put(trial, new Standing(rung, result));
    epochsComputed += computed;
  }

  int failures() {
    return (int)
        standings.values().stream()
            .filter(standing -> standing.result().state() == TrialResult.State.FAILED)
            .count();
  }

  /** One row for each trial that there is, by number. */
  List<ObjectNode> rows() {
    return trials.values().stream().map(trial -> row(trial.number())).toList();
  }

  ObjectNode row(int number) {
    Standing standing = standings.get(number);
    return standing == null
        ? TrialRow.of(trial(number), RUNNING, 0, TrialResult.NOTHING)
        : TrialRow.of(trial(number), state(number), standing.rung(), standing.result());
  }

  private String state(int number) {
    Standing standing = standings.get(number);
    if (running.contains(number)) {
      return RUNNING;
    }
    if (!standing.result().isTrained() || decisions.isLast(standing.rung())) {
      return EnumKey.of(standing.result().state());
    }
    return EnumKey.of(
        decisions.mayContinue(number, standing.rung())
            ? TrialResult.State.PAUSED
            : TrialResult.State.STOPPED);
  }

  /** Trials that were trained for a while, and will not be trained further. */
  List<Trial> retired() {
    return trials.values().stream()
        .filter(trial -> standings.containsKey(trial.number()))
        .filter(trial -> state(trial.number()).equals(EnumKey.of(TrialResult.State.STOPPED)))
        .toList();
  }

  SweepProgress progress(Optional<String> line) {
    long epochsLeft = epochsLeft();
    double seconds = (System.nanoTime() - started) / 1e9;
    Optional<Duration> left =
        epochsComputed == 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds((long) (seconds / epochsComputed * epochsLeft)));
    return new SweepProgress(
        line,
        rungs(),
        running.stream().map(Trial::name).toList(),
        failures(),
        standings.values().stream().mapToInt(standing -> standing.result().epochs()).sum(),
        epochsLeft,
        left,
        best());
  }

  private List<Integer> rungs() {
    List<Integer> counts = new ArrayList<>();
    for (int rung = 0; rung < decisions.rungs().epochs().size(); rung++) {
      int least = rung;
      counts.add(
          (int)
              standings.values().stream()
                  .filter(standing -> standing.rung() >= least && standing.result().isTrained())
                  .count());
    }
    return counts;
  }

  /** If as many are promoted as are at least. */
  private long epochsLeft() {
    List<Integer> epochs = decisions.rungs().epochs();
    long expected = 0;
    long entering = (long) sweep.search().points() * sweep.search().repeat();
    int before = 0;
    for (int rung : epochs) {
      expected += entering * (rung - before);
      before = rung;
      entering = Math.max(1, entering / decisions.rungs().eta());
    }
    long done = standings.values().stream().mapToLong(s -> s.result().epochs()).sum();
    return Math.max(0, expected - done);
  }

  /** In the first objective, of all that are known so far. */
  private Optional<String> best() {
    Objective first = sweep.goal().objectives().get(0);
    int sign = first.isMaximized() ? -1 : 1;
    return standings.entrySet().stream()
        .filter(entry -> entry.getValue().result().isTrained())
        .min(
            Comparator.comparingDouble(
                entry -> sign * entry.getValue().result().objectives().get(first)))
        .map(entry -> line(entry.getKey()));
  }

  /** What a trial achieved, for people. */
  String line(int number) {
    Standing standing = standings.get(number);
    StringBuilder line = new StringBuilder("trial ").append(Trial.name(number)).append("  ");
    TrialResult result = standing.result();
    if (result.isTrained()) {
      line.append(
          String.format(
              Locale.ROOT,
              "epoch %d/%d",
              result.epochs(),
              trial(number).config().train().epochs()));
      for (Objective objective : sweep.goal().objectives()) {
        line.append("  ").append(objective.key()).append(' ');
        line.append(SweepTable.shown(objective, result.objectives().get(objective)));
      }
    } else {
      line.append(EnumKey.of(result.state()));
    }
    Map<String, String> named = trial(number).named();
    line.append("  ").append(TrialRow.shown(named));
    return result.reason().isEmpty() ? line.toString() : line + "  (" + result.reason() + ")";
  }
}
