package org.qsnn.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter
 * Tuning", 2020) whose decisions do not depend on time: each rung takes its results in a fixed
 * order, the first in the order of entering, the others in the order of promotion. After the j-th
 * result, whatever of the best {@code j / eta} was not promoted is. So what is decided is a
 * function of the results alone, in whatever order they come and however many are computed at a
 * time; and whatever is among the best {@code n / eta} of all {@code n} is promoted in the end.
 *
 * <p>A rung that is over promotes its best in any case, so that somebody reaches the last one.
 */
public final class Halving {
  private final Rungs rungs;
  private final List<Rung> ladder = new ArrayList<>();
  private boolean isClosed;

  /** One rung: who came here, in which order, and what they achieved. */
  private static final class Rung {
    private final List<Integer> entered = new ArrayList<>();
    private final Map<Integer, Score> results = new HashMap<>();

    /** The results that were taken, which are those of the first that entered. */
    private final Map<Integer, Score> taken = new HashMap<>();

    private final Set<Integer> promoted = new HashSet<>();

    Integer next() {
      return taken.size() < entered.size() ? entered.get(taken.size()) : null;
    }
  }

  public Halving(Rungs rungs) {
    this.rungs = rungs;
    rungs.epochs().forEach(epochs -> ladder.add(new Rung()));
  }

  /** A trial enters the first rung. */
  public void enter(int number) {
    if (isClosed) {
      throw new IllegalStateException("no trial enters any more; found " + number);
    }
    ladder.get(0).entered.add(number);
  }

  /** No other trial will enter. */
  public void close() {
    isClosed = true;
    takeResults();
  }

  /** What a trial achieved in a rung that it was to be trained for; may come at any time. */
  public void report(int number, int rung, Score score) {
    ladder.get(rung).results.put(number, score);
    takeResults();
  }

  /** Who is to be trained for a rung, in the order in which that was decided. */
  public List<Integer> entered(int rung) {
    return List.copyOf(ladder.get(rung).entered);
  }

  /** The results of a rung that decisions have seen. */
  public Map<Integer, Score> taken(int rung) {
    return Map.copyOf(ladder.get(rung).taken);
  }

  /** Whether nothing more will happen in a rung. */
  public boolean isOver(int rung) {
    boolean isNobodyToCome = rung == 0 ? isClosed : isOver(rung - 1);
    return isNobodyToCome && ladder.get(rung).next() == null;
  }

  boolean isOver() {
    return isOver(rungs.last());
  }

  /** Whether a trial that has a result in a rung was promoted, or may still be. */
  public boolean mayContinue(int number, int rung) {
    return rung < rungs.last() && (!isOver(rung) || ladder.get(rung).promoted.contains(number));
  }

  private void takeResults() {
    for (int index = 0; index < rungs.last(); index++) {
      Rung rung = ladder.get(index);
      while (rung.next() != null && rung.results.containsKey(rung.next())) {
        Integer number = rung.next();
        rung.taken.put(number, rung.results.get(number));
        promote(index, rung.taken.size() / rungs.eta());
      }
      if (isOver(index)) {
        promote(index, Math.max(1, rung.taken.size() / rungs.eta()));
      }
    }
    Rung last = ladder.get(rungs.last());
    while (last.next() != null && last.results.containsKey(last.next())) {
      last.taken.put(last.next(), last.results.get(last.next()));
    }
  }

  private void promote(int index, int best) {
    Rung rung = ladder.get(index);
    if (best == 0) {
      return;
    }
    Ranking.of(rung.taken).stream()
        .limit(best)
        .filter(number -> !rung.taken.get(number).isFailed())
        .filter(rung.promoted::add)
        .forEach(ladder.get(index + 1).entered::add);
  }
}
