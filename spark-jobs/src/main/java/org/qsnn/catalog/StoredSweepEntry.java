package org.qsnn.catalog;

import java.time.Instant;
import java.util.List;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.sweep.StoredSweep;

/** Reads how a sweep stands from its folder. */
final class StoredSweepEntry {
  private StoredSweepEntry() {}

  /**
   * @param inside what is in the folder
   * @throws org.qsnn.QsnnException if its description or its results are damaged
   */
  static CatalogEntry read(FileStore files, String path, List<FileEntry> inside) {
    StoredSweep sweep = StoredSweep.open(files, path);
    StoredSweep.Standing standing = sweep.standing();
    return new CatalogEntry(
        path,
        standing.isComplete() ? CatalogEntry.State.FINISHED : CatalogEntry.State.STOPPED,
        sweep.base(),
        new CatalogEntry.Progress(true, standing.ended(), standing.trials()),
        StoredRunEntry.number(standing.best().path("validation_accuracy")),
        StoredRunEntry.number(standing.best().path("test_accuracy")),
        standing.best().path("model_bytes").isNumber()
            ? standing.best().path("model_bytes").longValue()
            : null,
        Instant.ofEpochMilli(
            inside.stream()
                .filter(entry -> !entry.isFolder())
                .mapToLong(FileEntry::modified)
                .max()
                .orElse(0)));
  }
}
