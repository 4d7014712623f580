package org.qsnn.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.qsnn.config.SweepConfig;
import org.qsnn.search.Halving;
import org.qsnn.search.Point;
import org.qsnn.search.Ranking;
import org.qsnn.search.Rungs;
import org.qsnn.search.Score;
import org.qsnn.search.Search;

/**
 * Which trial is trained next, and how far: what is decided depends on the sweep's description and
 * on results alone, not on when they come. Repeats of a point are promoted together, by the means
 * of their results.
 */
final class Decisions {
  private final SweepConfig sweep;
  private final Search search;
  private final Admission admission;
  private final Rungs rungs;
  private final Halving halving;
  private final List<Point> drawn = new ArrayList<>();
  private final Set<Integer> notAdmitted = new HashSet<>();
  private final List<Map<Integer, TrialResult>> results;
  private final Set<Next> given = new HashSet<>();

  /** A trial and the rung that it is to be trained for. */
  record Next(int trial, int rung) {}

  /** Tells of a point that was just drawn whether it is trained at all. */
  @FunctionalInterface
  interface Admission {
    boolean admits(int number, Point point);
  }

  /**
   * @param epochs of a whole training, where {@code halving} is on
   */
  Decisions(SweepConfig sweep, int epochs, Admission admission) {
    this.sweep = sweep;
    this.search = sweep.search().strategy();
    this.admission = admission;
    this.rungs =
        sweep
            .halving()
            .map(halving -> Rungs.of(halving.eta(), halving.firstEpochs(), epochs))
            .orElseGet(() -> Rungs.whole(epochs));
    this.halving = new Halving(rungs);
    this.results =
        rungs.epochs().stream().<Map<Integer, TrialResult>>map(rung -> new HashMap<>()).toList();
  }

  Rungs rungs() {
    return rungs;
  }

  boolean isLast(int rung) {
    return rung == rungs.epochs().size() - 1;
  }

  /** The highest promotion that is decided and was not given yet, else the next new trial. */
  Optional<Next> next() {
    for (int rung = rungs.epochs().size() - 1; rung >= 0; rung--) {
      for (int point : halving.entered(rung)) {
        for (int trial : trials(point)) {
          Next next = new Next(trial, rung);
          if (given.add(next)) {
            return Optional.of(next);
          }
        }
      }
    }
    return draw() ? next() : Optional.empty();
  }

  /** Draws points until one is admitted; false if none is, or the next cannot be drawn yet. */
  private boolean draw() {
    while (drawn.size() < sweep.search().points() && isKnownWhatItSees(drawn.size())) {
      int number = drawn.size();
      Point point = search.next(List.copyOf(drawn), halving.taken(0));
      drawn.add(point);
      boolean isAdmitted = admission.admits(number, point);
      if (isAdmitted) {
        halving.enter(number);
      } else {
        notAdmitted.add(number);
      }
      if (drawn.size() == sweep.search().points()) {
        halving.close();
      }
      if (isAdmitted) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnownWhatItSees(int number) {
    Map<Integer, Score> taken = halving.taken(0);
    return IntStream.rangeClosed(0, number - search.lag())
        .allMatch(earlier -> notAdmitted.contains(earlier) || taken.containsKey(earlier));
  }

  void report(Next next, TrialResult result) {
    Map<Integer, TrialResult> ofRung = results.get(next.rung());
    ofRung.put(next.trial(), result);
    int point = next.trial() / sweep.search().repeat();
    List<TrialResult> repeats = trials(point).stream().map(ofRung::get).toList();
    if (repeats.stream().allMatch(repeat -> repeat != null)) {
      halving.report(point, next.rung(), TrialResult.score(repeats, sweep.goal().objectives()));
    }
  }

  /** The numbers of a point's trials. */
  List<Integer> trials(int point) {
    int first = point * sweep.search().repeat();
    return IntStream.range(first, first + sweep.search().repeat()).boxed().toList();
  }

  /** Whether a trial may still be trained further than for a rung whose result is known. */
  boolean mayContinue(int trial, int rung) {
    return halving.mayContinue(trial / sweep.search().repeat(), rung);
  }

  /** Points that are trained whole, from the best to the worst; failed ones are left out. */
  List<Integer> ranked() {
    Map<Integer, Score> whole = halving.taken(rungs.epochs().size() - 1);
    return Ranking.of(whole).stream().filter(point -> !whole.get(point).isFailed()).toList();
  }

  /** Of these those that none is better than in every objective, in the same order. */
  List<Integer> front() {
    Set<Integer> front = new HashSet<>(Ranking.front(halving.taken(rungs.epochs().size() - 1)));
    return ranked().stream().filter(front::contains).toList();
  }
}
