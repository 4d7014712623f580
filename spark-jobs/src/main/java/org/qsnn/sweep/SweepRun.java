package org.qsnn.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.CloseableThreadContext;
import org.qsnn.config.Objective;
import org.qsnn.config.SweepConfig;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunJson;
import org.qsnn.search.Point;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.sweep.Sweep.Outcome;
import org.qsnn.training.Backend;
import org.qsnn.training.RunState;
import org.qsnn.training.Stop;
import org.qsnn.training.Training;

/**
 * A sweep in a folder that this driver holds: trains, tests what is best, and writes down all of
 * it.
 */
final class SweepRun {
  private final SweepConfig sweep;
  private final FileStore files;
  private final SweepFolder folder;
  private final Lease lease;
  private final SweepData data;
  private final Trials trials;
  private final Training.Watch watch;
  private final SweepListener listener;
  private final Decisions decisions;
  private final Board board;
  private final Checkpoints checkpoints;

  /**
   * @param place folder and lease
   * @param epochs of a whole training of the base
   */
  SweepRun(
      SweepConfig sweep,
      SweepFolder.Held place,
      SweepData data,
      Trials trials,
      Training.Watch watch,
      SweepListener listener,
      int epochs) {
    this.sweep = sweep;
    this.files = place.files();
    this.folder = place.folder();
    this.lease = place.lease();
    this.data = data;
    this.trials = trials;
    this.watch = watch;
    this.listener = listener;
    this.decisions = new Decisions(sweep, epochs, this::admits);
    this.board = new Board(sweep, decisions);
    this.checkpoints = new Checkpoints(files);
  }

  Outcome run(TrialRunner runner) throws InterruptedException {
    SweepLoop.Site site = new SweepLoop.Site(files, lease, watch.stop(), this::changed);
    SweepLoop loop = new SweepLoop(site, decisions, board, runner, sweep.placement().maxFailures());
    try (Stop.Gentle gentle = watch.stop().gently()) {
      loop.run();
    } finally {
      folder.write(lease, SweepFolder.TRIALS, board.rows());
    }
    if (watch.stop().isReceived() || !areTested()) {
      return new Outcome(Outcome.Kind.STOPPED, List.of(stopped()));
    }
    return new Outcome(
        loop.hasTooManyFailures() ? Outcome.Kind.TOO_MANY_FAILURES : Outcome.Kind.COMPLETE,
        report().lines());
  }

  /** Makes the trials of a point that was drawn, unless it exceeds a limit. */
  private boolean admits(int point, Point values) {
    boolean isAdmitted = true;
    for (int number : decisions.trials(point)) {
      Trial trial = trials.trial(number, values);
      Optional<String> excess = excess(trial);
      if (excess.isPresent()) {
        board.leftOut(trial, excess.get());
        isAdmitted = false;
      } else {
        board.made(trial);
      }
    }
    return isAdmitted;
  }

  private Optional<String> excess(Trial trial) {
    for (Map.Entry<Objective, Long> limit : sweep.goal().limits().entrySet()) {
      double value = trial.knownBefore(limit.getKey());
      if (value > limit.getValue()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s is %,.0f and may be %,d",
                limit.getKey().key(),
                value,
                limit.getValue()));
      }
    }
    return Optional.empty();
  }

  private void changed(Optional<Integer> trial) {
    if (trial.isPresent()) {
      checkpoints.retire(board.retired());
    }
    folder.write(lease, SweepFolder.TRIALS, board.rows());
    listener.changed(board.progress(trial.map(board::line)));
  }

  /** The only time that the test set is read. False if it was stopped. */
  private boolean areTested() {
    for (int number : tested()) {
      Trial trial = board.trial(number);
      if (RunState.of(files, trial.config()) != RunState.FINISHED && !test(trial)) {
        return false;
      }
    }
    return true;
  }

  private List<Integer> tested() {
    List<Integer> points =
        switch (sweep.goal().test()) {
          case FRONT -> decisions.front();
          case BEST -> decisions.ranked().stream().limit(1).toList();
          case NONE -> List.of();
        };
    return points.stream().flatMap(point -> decisions.trials(point).stream()).toList();
  }

  /** As {@code train} would end it: its last checkpoint is of its last epoch. */
  private boolean test(Trial trial) {
    Backend backend = data.backend(trial.config());
    try (CloseableThreadContext.Instance quiet = TrialTraining.quietConsole();
        Lease held = Lease.acquire(files, trial.folder())) {
      return !new Training(files, trial.config(), backend).run(held, watch).isStopped();
    }
  }

  private SweepReport report() {
    List<ObjectNode> front =
        decisions.front().stream()
            .flatMap(point -> decisions.trials(point).stream())
            .map(number -> withTest(board.row(number)))
            .toList();
    SweepReport report = new SweepReport(sweep, folder.path(), board.rows(), front);
    folder.write(lease, SweepFolder.FRONT, front);
    lease.replace(folder.path(SweepFolder.FRONT_CSV), out -> out.write(report.csv()));
    return report;
  }

  private ObjectNode withTest(ObjectNode row) {
    String file = row.path("folder").asText() + "/" + RunDirectory.SUMMARY;
    if (!files.exists(file)) {
      row.putNull("test_accuracy");
      return row;
    }
    row.set("test_accuracy", RunJson.read(files, file).path("test_accuracy"));
    return row;
  }

  private String stopped() {
    return folder.path() + ": stopped; the same command resumes it";
  }
}
