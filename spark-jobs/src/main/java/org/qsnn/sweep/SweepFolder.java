package org.qsnn.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.qsnn.ConfigurationException;
import org.qsnn.config.RunConfig;
import org.qsnn.config.SweepConfig;
import org.qsnn.json.Json;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.storage.NewFolder;
import org.qsnn.training.ConfigurationFile;

/** The names in a sweep's folder, and what is checked before one is used. */
final class SweepFolder {
  /** The sweep's description (HOCON). */
  static final String CONFIGURATION = "sweep.conf";

  /** The configuration from which all trials start, with the overrides of the command line. */
  static final String BASE = "base.conf";

  /** One JSON object a line and trial. */
  static final String TRIALS = "trials.json";

  /** The same of the trials that are on the front, from the best in the first objective. */
  static final String FRONT = "front.json";

  /** The same as a table for other programs. */
  static final String FRONT_CSV = "front.csv";

  private static final String TRIAL_FOLDERS = "trials";

  private static final Set<String> BEFORE_A_SWEEP = Set.of(Lease.FOLDER);

  private final FileStore files;
  private final String path;

  /** The folder, and the right to write in it. */
  record Held(FileStore files, SweepFolder folder, Lease lease) {}

  /**
   * @param path absolute
   */
  SweepFolder(FileStore files, String path) {
    this.files = files;
    this.path = path;
  }

  static String trial(String sweep, int number) {
    return sweep + "/" + TRIAL_FOLDERS + "/" + Trial.name(number);
  }

  String path() {
    return path;
  }

  String path(String name) {
    return path + "/" + name;
  }

  boolean hasSweep() {
    return files.exists(path(CONFIGURATION)) && files.exists(path(BASE));
  }

  /**
   * @throws ConfigurationException if the folder holds another sweep, or something else
   */
  void requireFree(SweepConfig sweep, RunConfig base) {
    if (hasSweep()) {
      requireSame(sweep, base);
    } else if (files.exists(path)) {
      List<String> others =
          files.names(path).stream()
              .filter(name -> !BEFORE_A_SWEEP.contains(name) && !FileStore.isTemporary(name))
              .filter(name -> !name.equals(CONFIGURATION) && !name.equals(BASE))
              .toList();
      if (!others.isEmpty()) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "sweep.dir: %s must be empty or hold a sweep; found %s; choose another folder",
                path,
                NewFolder.shown(others)));
      }
    }
  }

  private void requireSame(SweepConfig sweep, RunConfig base) {
    List<String> differences = new ArrayList<>(sweep.differencesFrom(sweep()));
    differences.addAll(base.differencesFrom(base()));
    if (!differences.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "sweep.dir: %s holds another sweep (%s); choose another folder",
              path,
              String.join("; ", differences)));
    }
  }

  /** The description of the sweep that is here. */
  SweepConfig sweep() {
    return SweepConfig.load(
        ConfigurationFile.read(files, path(CONFIGURATION)), List.of(), Instant.EPOCH);
  }

  RunConfig base() {
    return RunConfig.load(ConfigurationFile.read(files, path(BASE)), List.of(), Instant.EPOCH);
  }

  void describe(Lease lease, SweepConfig sweep, RunConfig base) {
    lease.replace(path(BASE), out -> out.write(base.render().getBytes(UTF_8)));
    lease.replace(path(CONFIGURATION), out -> out.write(sweep.render(BASE).getBytes(UTF_8)));
  }

  void write(Lease lease, String name, List<ObjectNode> rows) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    rows.forEach(row -> lines.writeBytes(Json.line(row)));
    byte[] bytes = lines.toByteArray();
    lease.replace(path(name), out -> out.write(bytes));
  }
}
