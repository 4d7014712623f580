package org.qsnn.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.run.EndedRun;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunJson;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.storage.StorageException;

/** What a trial's folder, which is an ordinary run's, says of how far the trial is. */
final class TrialFolder {
  private static final Logger LOG = LogManager.getLogger();

  private final FileStore files;
  private final String path;

  TrialFolder(FileStore files, String path) {
    this.files = files;
    this.path = path;
  }

  /**
   * The metrics of its epochs from the first to the last that is there and not damaged.
   *
   * @param most that are looked at
   */
  List<EpochResult> epochs(int most) {
    List<EpochResult> epochs = new ArrayList<>();
    while (epochs.size() < most) {
      Optional<EpochResult> next = epoch(epochs.size());
      if (next.isEmpty()) {
        break;
      }
      epochs.add(next.get());
    }
    return epochs;
  }

  private Optional<EpochResult> epoch(int epoch) {
    String file = path + "/" + RunDirectory.metrics(epoch);
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(EpochResult.of(RunJson.read(files, file), epoch, file));
    } catch (StorageException e) {
      throw e; // it may be intact
    } catch (DataException e) {
      LOG.warn("{}; the trial is trained again from there", e.getMessage());
      return Optional.empty();
    }
  }

  /** How it ended if it diverged or failed. */
  Optional<TrialResult> ended(List<EpochResult> epochs) {
    return EndedRun.read(files, path)
        .map(ended -> TrialResult.ended(state(ended.kind()), epochs, ended.reason()));
  }

  private static TrialResult.State state(EndedRun.Kind kind) {
    return switch (kind) {
      case DIVERGED -> TrialResult.State.DIVERGED;
      case FAILED -> TrialResult.State.FAILED;
    };
  }

  /**
   * Says for good that it failed.
   *
   * @param lease of the sweep's folder, which this one is in
   */
  void fail(Lease lease, String reason) {
    new EndedRun(EndedRun.Kind.FAILED, reason).write(lease, path);
  }
}
