package org.qsnn.sweep;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.qsnn.run.StoredRun;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;

/** Deletes the checkpoints of trials that will not be trained further. */
final class Checkpoints {
  private final FileStore files;
  private final Set<Integer> retired = new HashSet<>();

  Checkpoints(FileStore files) {
    this.files = files;
  }

  void retire(Collection<Trial> trials) {
    for (Trial trial : trials) {
      if (retired.add(trial.number()) && StoredRun.hasStates(files, trial.folder())) {
        try (Lease lease = Lease.acquire(files, trial.folder())) {
          StoredRun.deleteStates(files, trial.folder(), lease);
        }
      }
    }
  }
}
