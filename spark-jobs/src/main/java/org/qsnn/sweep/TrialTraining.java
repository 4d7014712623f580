package org.qsnn.sweep;

import java.util.concurrent.CancellationException;
import org.apache.logging.log4j.CloseableThreadContext;
import org.qsnn.DivergedException;
import org.qsnn.config.RunConfig;
import org.qsnn.failure.Failure;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.storage.StorageException;
import org.qsnn.training.Backend;
import org.qsnn.training.Stop;
import org.qsnn.training.Training;
import org.qsnn.training.TrainingProgress;

/** Trains a part of a trial, and tells what is the trial's own failure from what is not. */
final class TrialTraining {
  /** In the context of a thread: what of its log the console shows, as log4j2.properties says. */
  private static final String CONSOLE = "qsnn.console";

  private static final String WARNINGS_ONLY = "warnings";

  private final FileStore files;
  private final RunConfig config;

  TrialTraining(FileStore files, RunConfig config) {
    this.files = files;
    this.config = config;
  }

  TrialEnd until(int epochs, int intact, Backend backend, Stop stop) {
    Training.Watch watch =
        new Training.Watch(TrainingProgress.SILENT, stop, failure -> Failure.of(failure).message());
    try (CloseableThreadContext.Instance quiet = quietConsole();
        Lease lease = Lease.acquire(files, config.run().dir())) {
      return trained(epochs, intact, backend, lease, watch);
    }
  }

  /** Until it is closed, the console shows warnings only of what this thread logs. */
  static CloseableThreadContext.Instance quietConsole() {
    return CloseableThreadContext.put(CONSOLE, WARNINGS_ONLY);
  }

  private TrialEnd trained(
      int epochs, int intact, Backend backend, Lease lease, Training.Watch watch) {
    try {
      return TrialEnd.of(
          new Training(files, config, backend).trainUntil(epochs, intact, lease, watch));
    } catch (RuntimeException | Error e) {
      if (watch.stop().isReceived()) {
        return TrialEnd.of(TrialEnd.Kind.STOPPED, "");
      }
      if (Failure.chain(e).anyMatch(DivergedException.class::isInstance)) {
        return TrialEnd.of(TrialEnd.Kind.DIVERGED, Failure.of(e).message());
      }
      if (lease.isLost() || isOfTheCluster(e)) {
        throw e;
      }
      return TrialEnd.of(TrialEnd.Kind.FAILED, Failure.of(e).message());
    }
  }

  /** Storage that is away, or jobs that were cancelled, are no fault of the trial. */
  static boolean isOfTheCluster(Throwable failure) {
    return Failure.chain(failure)
        .anyMatch(e -> e instanceof StorageException || e instanceof CancellationException);
  }
}
