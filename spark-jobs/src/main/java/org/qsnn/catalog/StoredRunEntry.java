package org.qsnn.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.config.RunConfig;
import org.qsnn.run.EndedRun;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunJson;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.training.RunState;

/** Reads how a run stands from its folder. */
final class StoredRunEntry {
  private StoredRunEntry() {}

  /**
   * @param inside what is in the folder
   * @throws org.qsnn.QsnnException if its configuration or its results are damaged
   */
  static CatalogEntry read(FileStore files, String path, List<FileEntry> inside) {
    RunConfig config =
        RunState.configuration(files, path)
            .orElseThrow(() -> new DataException(path + ": its configuration is gone"));
    List<FileEntry> metrics = metrics(files, path, inside);
    Instant changed =
        Instant.ofEpochMilli(
            Stream.concat(inside.stream(), metrics.stream())
                .filter(entry -> !entry.isFolder())
                .mapToLong(FileEntry::modified)
                .max()
                .orElse(0));
    boolean isFinished = inside.stream().anyMatch(e -> e.name().equals(RunDirectory.SUMMARY));
    if (isFinished) {
      ObjectNode summary = RunJson.read(files, path + "/" + RunDirectory.SUMMARY);
      return new CatalogEntry(
          path,
          CatalogEntry.State.FINISHED,
          config,
          new CatalogEntry.Progress(false, config.train().epochs(), config.train().epochs()),
          number(summary.path("validation_accuracy")),
          number(summary.path("test_accuracy")),
          summary.path("model_bytes").isNumber() ? summary.path("model_bytes").longValue() : null,
          changed);
    }
    return new CatalogEntry(
        path,
        ended(files, path),
        config,
        new CatalogEntry.Progress(false, metrics.size(), config.train().epochs()),
        best(files, metrics),
        null,
        null,
        changed);
  }

  private static List<FileEntry> metrics(FileStore files, String path, List<FileEntry> inside) {
    boolean isMeasured =
        inside.stream().anyMatch(e -> e.isFolder() && e.name().equals(RunDirectory.METRICS));
    return isMeasured ? files.list(path + "/" + RunDirectory.METRICS) : List.of();
  }

  private static CatalogEntry.State ended(FileStore files, String path) {
    Optional<EndedRun> ended = EndedRun.read(files, path);
    if (ended.isEmpty()) {
      return CatalogEntry.State.STOPPED;
    }
    return switch (ended.get().kind()) {
      case DIVERGED -> CatalogEntry.State.DIVERGED;
      case FAILED -> CatalogEntry.State.FAILED;
    };
  }

  private static Double best(FileStore files, List<FileEntry> metrics) {
    Double best = null;
    for (FileEntry epoch : metrics) {
      Double accuracy = number(RunJson.read(files, epoch.path()).path("validation_accuracy"));
      best = best == null || (accuracy != null && accuracy > best) ? accuracy : best;
    }
    return best;
  }

  static Double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : null;
  }
}
