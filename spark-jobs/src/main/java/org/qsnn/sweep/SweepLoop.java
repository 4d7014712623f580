package org.qsnn.sweep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.failure.Failure;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.sweep.Decisions.Next;
import org.qsnn.training.RunState;
import org.qsnn.training.Stop;

/**
 * Gives trials to free slots and their results to the {@link Decisions}. What a trial has achieved
 * is read from its folder, in the same way whether it has just ended a part or did so days ago
 * under another driver.
 */
final class SweepLoop {
  private static final Logger LOG = LogManager.getLogger();
  private static final long POLL_MILLIS = 500;

  /** Times that a part of a trial is begun of which no task comes to an end. */
  private static final int ATTEMPTS = 3;

  private final Site site;
  private final Decisions decisions;
  private final Board board;
  private final TrialRunner runner;
  private final int maxFailures;
  private final Map<Next, Integer> attempts = new HashMap<>();
  private final Map<Next, TrialStep> running = new HashMap<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private Throwable failure;

  /**
   * Where a sweep is and who may end it.
   *
   * @param lease of the sweep's folder
   */
  record Site(FileStore files, Lease lease, Stop stop, Observer observer) {}

  /** Is told of every change. */
  @FunctionalInterface
  interface Observer {
    /**
     * @param trial that has just come to the end of a part; empty if one was only started
     */
    void changed(Optional<Integer> trial);
  }

  /**
   * @param end null if it failed
   * @param failure not the trial's own; null if there is none
   */
  private record Ended(Next next, TrialEnd end, Throwable failure) {}

  SweepLoop(Site site, Decisions decisions, Board board, TrialRunner runner, int maxFailures) {
    this.site = site;
    this.decisions = decisions;
    this.board = board;
    this.runner = runner;
    this.maxFailures = maxFailures;
  }

  /**
   * Runs until nothing is left to decide, too many trials have failed, or it is stopped.
   *
   * @throws RuntimeException what failed that was not a trial's own fault, after the others paused
   */
  void run() throws InterruptedException {
    while (true) {
      fillSlots();
      if (running.isEmpty()) {
        break;
      }
      Ended next = ended.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        take(next);
      }
      if (site.stop().isReceived() || failure != null) {
        runner.pause();
        break;
      }
    }
    if (failure != null) {
      throw rethrown(failure);
    }
  }

  boolean hasTooManyFailures() {
    return board.failures() > maxFailures;
  }

  private boolean isEnding() {
    return failure != null
        || site.stop().isReceived()
        || site.lease().isLost()
        || hasTooManyFailures();
  }

  private void fillSlots() {
    while (!isEnding() && running.size() < runner.slots()) {
      Optional<Next> next = decisions.next();
      if (next.isEmpty()) {
        return;
      }
      Found found = lookedUp(next.get());
      if (!take(next.get(), found, found.epochs())) {
        start(next.get(), found);
      }
    }
  }

  /**
   * What a trial's folder says.
   *
   * @param epochs from the first whose metrics are there, at most those of the rung
   * @param result empty if it must be trained for the rung
   */
  private record Found(int epochs, Optional<TrialResult> result) {}

  private Found lookedUp(Next next) {
    Trial trial = board.trial(next.trial());
    int until = until(next, trial);
    List<EpochResult> epochs = folder(trial).epochs(until);
    Optional<TrialResult> result =
        epochs.size() == until
            ? Optional.of(TrialResult.trained(trial, epochs))
            : folder(trial).ended(epochs);
    return new Found(epochs.size(), result);
  }

  /**
   * Takes what a trial has achieved; false if that is nothing.
   *
   * @param before epochs that it had before it was trained just now
   */
  private boolean take(Next next, Found found, int before) {
    found
        .result()
        .ifPresent(
            result -> {
              board.achieved(next.trial(), next.rung(), result, found.epochs() - before);
              decisions.report(next, result);
              site.observer().changed(Optional.of(next.trial()));
            });
    return found.result().isPresent();
  }

  private TrialFolder folder(Trial trial) {
    return new TrialFolder(site.files(), trial.folder());
  }

  private int until(Next next, Trial trial) {
    return decisions.isLast(next.rung())
        ? trial.config().train().epochs()
        : decisions.rungs().epochs().get(next.rung());
  }

  private void start(Next next, Found found) {
    Trial trial = board.trial(next.trial());
    RunState.of(site.files(), trial.config());
    TrialStep step = new TrialStep(trial, until(next, trial), found.epochs());
    running.put(next, step);
    board.started(next.trial());
    attempts.merge(next, 1, Integer::sum);
    runner.start(step).whenComplete((end, thrown) -> ended.add(new Ended(next, end, thrown)));
    site.observer().changed(Optional.empty());
  }

  private void take(Ended part) {
    TrialStep step = running.remove(part.next());
    board.ended(part.next().trial());
    if (part.failure() != null) {
      tryAgain(part.next(), step, part.failure());
      return;
    }
    if (part.end().kind() == TrialEnd.Kind.FAILED) {
      folder(step.trial()).fail(site.lease(), part.end().reason());
    }
    if (!take(part.next(), lookedUp(part.next()), step.intact())) {
      tryAgain(
          part.next(),
          step,
          new IllegalStateException(
              "trial " + step.trial().name() + " did not come to epoch " + step.until()));
    }
  }

  /** Executors that are lost take with them what their trials computed since their checkpoints. */
  private void tryAgain(Next next, TrialStep step, Throwable thrown) {
    if (isEnding()) {
      return;
    }
    if (TrialTraining.isOfTheCluster(thrown)) {
      failure = thrown;
      return;
    }
    if (attempts.get(next) >= ATTEMPTS) {
      folder(step.trial()).fail(site.lease(), Failure.of(thrown).message());
      take(next, lookedUp(next), step.intact());
      return;
    }
    LOG.warn(
        "trial {} is begun again from its checkpoint: {}",
        step.trial().name(),
        thrown.getMessage());
    start(next, lookedUp(next));
  }

  private static RuntimeException rethrown(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof RuntimeException e) {
      return e;
    }
    return new IllegalStateException(cause);
  }
}
