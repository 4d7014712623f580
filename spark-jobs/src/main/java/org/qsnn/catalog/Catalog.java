package org.qsnn.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.qsnn.DataException;
import org.qsnn.QsnnException;
import org.qsnn.json.Json;
import org.qsnn.run.RunDirectory;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.LeaseSurvey;
import org.qsnn.storage.StorageException;
import org.qsnn.sweep.StoredSweep;

/**
 * The runs and sweeps of a folder and of those within it. A sweep counts as one: its trials are not
 * listed by themselves.
 */
public final class Catalog {
  /** Folders in folders that are looked at. */
  private static final int DEPTH = 6;

  private final FileStore files;
  private final String root;
  private final List<CatalogEntry> entries = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private Catalog(FileStore files, String root) {
    this.files = files;
    this.root = root;
  }

  /**
   * Finds out how everything in a folder stands. Where somebody may work whose process cannot be
   * seen, waits for the next heartbeat, some seconds for all of them.
   *
   * @throws DataException if there is no such folder
   */
  public static Catalog of(FileStore files, String folder) {
    String path = files.paths().absolute(folder);
    if (!files.entry(path).isFolder()) {
      throw new DataException(path + ": must be a folder of runs; found a file");
    }
    Catalog catalog = new Catalog(files, path);
    catalog.look(path, 0);
    catalog.tellRunning();
    return catalog;
  }

  private void look(String path, int depth) {
    try {
      lookInside(path, files.list(path), depth);
    } catch (QsnnException e) {
      if (depth == 0 || (e instanceof StorageException storage && storage.isAway())) {
        throw e;
      }
      leftOut.add(e.getMessage());
    }
  }

  private void lookInside(String path, List<FileEntry> inside, int depth) {
    if (StoredSweep.MARKS.stream().allMatch(mark -> holds(inside, mark))) {
      entries.add(StoredSweepEntry.read(files, path, inside));
    } else if (holds(inside, RunDirectory.CONFIGURATION)) {
      entries.add(StoredRunEntry.read(files, path, inside));
    } else if (depth < DEPTH) {
      inside.stream()
          .filter(entry -> entry.isFolder() && !entry.name().startsWith("_"))
          .forEach(entry -> look(entry.path(), depth + 1));
    }
  }

  private static boolean holds(List<FileEntry> inside, String file) {
    return inside.stream().anyMatch(entry -> !entry.isFolder() && entry.name().equals(file));
  }

  private void tellRunning() {
    Set<String> worked =
        LeaseSurvey.worked(
            files,
            entries.stream()
                .filter(entry -> entry.state() != CatalogEntry.State.FINISHED)
                .map(CatalogEntry::path)
                .toList());
    entries.replaceAll(
        entry -> worked.contains(entry.path()) ? entry.with(CatalogEntry.State.RUNNING) : entry);
  }

  public void sort(CatalogOrder order) {
    entries.sort(order.comparator());
  }

  /** A table. */
  public List<String> text(Instant now) {
    return CatalogText.lines(root, entries, now);
  }

  /** One JSON object a line and run. */
  public List<String> json() {
    return entries.stream().map(entry -> Json.text(entry.json())).toList();
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Folders that look like runs or sweeps and are damaged or another version's, and why. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }
}
