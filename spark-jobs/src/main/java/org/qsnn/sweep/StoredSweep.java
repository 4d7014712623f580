package org.qsnn.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.qsnn.DataException;
import org.qsnn.config.Objective;
import org.qsnn.config.RunConfig;
import org.qsnn.config.SweepConfig;
import org.qsnn.json.Json;
import org.qsnn.storage.FileStore;

/** A sweep as its folder tells of it; nobody needs to run it. */
public final class StoredSweep {
  /** The files that make a folder a sweep's. */
  public static final List<String> MARKS = List.of(SweepFolder.CONFIGURATION, SweepFolder.BASE);

  private static final int LIMIT = 64 << 20;

  /** States of trials that may be trained further. */
  private static final Set<String> OPEN = Set.of("running", "paused");

  private final FileStore files;
  private final SweepFolder folder;
  private final SweepConfig sweep;
  private final Set<String> leftOut = new LinkedHashSet<>();

  private StoredSweep(FileStore files, SweepFolder folder) {
    this.files = files;
    this.folder = folder;
    this.sweep = folder.sweep();
  }

  /**
   * @throws DataException if there is no sweep
   */
  public static StoredSweep open(FileStore files, String path) {
    SweepFolder folder = new SweepFolder(files, files.paths().absolute(path));
    for (String mark : MARKS) {
      if (!files.exists(folder.path(mark))) {
        throw new DataException(
            folder.path() + ": must be the folder of a sweep; found no " + mark);
      }
    }
    return new StoredSweep(files, folder);
  }

  /**
   * How far a sweep is.
   *
   * @param ended trials that will not be trained any further
   * @param trials that there will be
   * @param best row of the trial that is the best in the first objective; empty if there is none
   * @param isComplete whether nothing is left to do
   */
  public record Standing(int ended, int trials, ObjectNode best, boolean isComplete) {}

  public Standing standing() {
    List<ObjectNode> rows = rows(SweepFolder.TRIALS);
    List<ObjectNode> front = rows(SweepFolder.FRONT);
    long open = rows.stream().filter(row -> OPEN.contains(row.path("state").asText())).count();
    return new Standing(
        rows.size() - (int) open,
        Math.max(rows.size(), sweep.search().points() * sweep.search().repeat()),
        front.isEmpty() ? best(rows) : front.get(0),
        files.exists(folder.path(SweepFolder.FRONT)));
  }

  private ObjectNode best(List<ObjectNode> rows) {
    Objective first = sweep.goal().objectives().get(0);
    String key = first.column();
    int sign = first.isMaximized() ? -1 : 1;
    return rows.stream()
        .filter(row -> row.path("parameters_sha256").isTextual() && row.path(key).isNumber())
        .min(Comparator.comparingDouble(row -> sign * row.path(key).doubleValue()))
        .orElseGet(Json::object);
  }

  /** The configuration from which all trials start. */
  public RunConfig base() {
    return folder.base();
  }

  /** Every trial, and repeats side by side. */
  public List<String> status() {
    List<ObjectNode> rows = rows(SweepFolder.TRIALS);
    List<String> lines = new ArrayList<>(SweepTable.ofTrials(rows, sweep.goal().objectives()));
    if (sweep.search().repeat() > 1) {
      lines.add("");
      lines.addAll(
          SweepTable.ofPoints(rows, sweep.search().repeat(), sweep.goal().objectives().get(0)));
    }
    return lines;
  }

  /** The front, and for each of its trials what to do with it. */
  public List<String> best() {
    List<ObjectNode> rows = rows(SweepFolder.FRONT);
    if (rows.isEmpty()) {
      return List.of("no trial is trained whole yet; qsnn sweep status " + folder.path());
    }
    List<String> lines = new ArrayList<>(SweepTable.ofTrials(rows, sweep.goal().objectives()));
    for (ObjectNode row : rows) {
      String trial = row.path("folder").asText();
      lines.add("");
      lines.add(String.format(Locale.ROOT, "trial %s", Trial.name(row.path("trial").asInt())));
      lines.add("  qsnn evaluate " + trial);
      lines.add("  qsnn train " + trial + "/run.conf --set run.dir=FOLDER");
    }
    return lines;
  }

  /** Rows of all trials that have begun, by number. */
  public List<ObjectNode> trials() {
    return rows(SweepFolder.TRIALS);
  }

  /**
   * Rows of the trials on the front, from the best in the first objective; empty before its end.
   */
  public List<ObjectNode> front() {
    return rows(SweepFolder.FRONT);
  }

  public SweepConfig description() {
    return sweep;
  }

  /** Absolute. */
  public String path() {
    return folder.path();
  }

  private List<ObjectNode> rows(String name) {
    String file = folder.path(name);
    if (!files.exists(file)) {
      return List.of();
    }
    String[] lines = new String(files.readBytes(file, LIMIT), StandardCharsets.UTF_8).split("\n");
    List<ObjectNode> rows = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      try {
        rows.add(Json.read(lines[i], file + ": line " + (i + 1)));
      } catch (DataException e) {
        leftOut.add(e.getMessage());
      }
    }
    return rows;
  }

  /** What was damaged in what has been asked for so far, a line each; it is left out. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }
}
