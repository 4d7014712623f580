package org.qsnn.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.qsnn.ConfigurationException;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.report.RunDirectory;
import org.qsnn.storage.FileStore;

/** What {@code run.dir} holds before a training starts. */
enum RunState {
  NEW,
  UNFINISHED,
  FINISHED;

  private static final int CONFIGURATION_LIMIT = 1 << 20;

  /**
   * Looks, and changes nothing.
   *
   * @throws ConfigurationException if the folder holds another configuration's run, or something
   *     else
   */
  static RunState of(FileStore files, RunConfig config) {
    String folder = config.run().dir();
    if (!files.exists(folder) || files.list(folder).isEmpty()) {
      return NEW;
    }
    String written = folder + "/" + RunDirectory.CONFIGURATION;
    if (!files.exists(written)) {
      throw new ConfigurationException(
          "run.dir: %s is not empty and holds no run; choose another folder".formatted(folder));
    }
    requireSame(files, written, config);
    return files.exists(folder + "/" + RunDirectory.SUMMARY) ? FINISHED : UNFINISHED;
  }

  private static void requireSame(FileStore files, String written, RunConfig config) {
    String text = new String(files.readBytes(written, CONFIGURATION_LIMIT), StandardCharsets.UTF_8);
    RunConfig there = RunConfig.load(new ConfigText(written, text), List.of(), Instant.EPOCH);
    List<String> differences = config.differencesFrom(there);
    if (!differences.isEmpty()) {
      throw new ConfigurationException(
          "run.dir: %s holds a run of another configuration (%s); choose another folder"
              .formatted(config.run().dir(), String.join("; ", differences)));
    }
  }

  /**
   * Whether there is nothing to do.
   *
   * @throws ConfigurationException if the run is finished and nobody asked to resume it
   */
  boolean isFinished(boolean resume) {
    if (this == FINISHED && !resume) {
      throw new ConfigurationException(
          "run.dir: it holds a finished run, which is left as it is; choose another folder");
    }
    return this == FINISHED;
  }
}
