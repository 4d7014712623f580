package org.qsnn.training;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.config.RunConfig;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunJson;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;

/** What {@code run.dir} holds before a training starts. */
public enum RunState {
  NEW,
  UNFINISHED,
  FINISHED;

  private static final Set<String> BEFORE_A_RUN = Set.of(RunDirectory.LEASE, RunDirectory.LOG);

  /**
   * Looks, and changes nothing.
   *
   * @throws ConfigurationException if no run can be written there, or the folder holds a run of
   *     another configuration or of other data, or something else
   */
  public static RunState of(FileStore files, RunConfig config) {
    String folder = config.run().dir();
    files.paths().requireWritable(folder);
    if (isUnused(files, folder)) {
      return NEW;
    }
    RunConfig there =
        configuration(files, folder)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        String.format(
                            Locale.ROOT,
                            "run.dir: %s holds no run, but %s; choose another folder",
                            files.paths().absolute(folder),
                            NewFolder.shown(files.names(folder)))));
    requireSame(there, config);
    if (!files.exists(folder + "/" + RunDirectory.SUMMARY)) {
      return UNFINISHED;
    }
    if (!there.dataset().path().equals(config.dataset().path())) {
      requireSameData(files, config);
    }
    return FINISHED;
  }

  /** A lease and a log are no run: they come first. */
  private static boolean isUnused(FileStore files, String folder) {
    return !files.exists(folder)
        || files.names(folder).stream()
            .allMatch(name -> BEFORE_A_RUN.contains(name) || FileStore.isTemporary(name));
  }

  /** The configuration of the run in a folder; empty if there is none. */
  public static Optional<RunConfig> configuration(FileStore files, String folder) {
    // Absolute: a relative one means a file on the local disk first.
    String written = files.paths().absolute(folder) + "/" + RunDirectory.CONFIGURATION;
    return files.exists(written)
        ? Optional.of(
            RunConfig.load(ConfigurationFile.read(files, written), List.of(), Instant.EPOCH))
        : Optional.empty();
  }

  /**
   * The configuration of the run in a folder.
   *
   * @throws DataException if there is no run
   */
  public static RunConfig requireConfiguration(FileStore files, String folder) {
    return configuration(files, folder)
        .orElseThrow(
            () ->
                new DataException(
                    files.paths().absolute(folder)
                        + ": must be the folder of a run; found no "
                        + RunDirectory.CONFIGURATION));
  }

  private static void requireSame(RunConfig there, RunConfig config) {
    List<String> differences = config.differencesFrom(there);
    if (!differences.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "run.dir: %s holds a run of another configuration (%s); choose another folder",
              config.run().dir(),
              String.join("; ", differences)));
    }
  }

  /** Data that is named otherwise; of an unfinished run its checkpoints know the hash. */
  private static void requireSameData(FileStore files, RunConfig config) {
    String trained =
        RunJson.read(files, config.run().dir() + "/" + RunDirectory.FINGERPRINT)
            .path("data_sha256")
            .asText();
    String found = RunData.prepared(files, config).manifest().dataSha256();
    if (!found.equals(trained)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "run.dir: %s holds a run of other data (SHA-256 %s, dataset.path has %s); choose another folder",
              config.run().dir(),
              trained,
              found));
    }
  }

  /**
   * Whether there is nothing to do.
   *
   * @throws ConfigurationException if the run is finished and nobody asked to resume it
   */
  public boolean isFinished(RunConfig config, boolean resume) {
    if (this == FINISHED && !resume) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "run.dir: %s holds a finished run, which is left as it is; choose another folder",
              config.run().dir()));
    }
    return this == FINISHED;
  }
}
