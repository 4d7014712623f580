package org.qsnn.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.config.RunConfig;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.training.RunState;

/** Opens runs for notebooks: for what their JSON files do not hold. */
public final class Runs {
  private Runs() {}

  /**
   * The run in a folder, finished or not; nothing in it is changed.
   *
   * @param path on any Hadoop file system that the Spark session knows
   * @throws DataException if there is no run
   */
  public static Run open(String path) {
    FileStore files = files();
    String folder = files.paths().absolute(path);
    RunConfig config = RunState.requireConfiguration(files, folder);
    return new Run(files, folder, config);
  }

  private static FileStore files() {
    return FileStore.of(SparkSession.active().sparkContext().hadoopConfiguration());
  }

  /**
   * How the runs in a folder are configured: {@code run}, the name of its folder, {@code
   * architecture}, {@code kind} of data set, {@code bits} such as {@code 1w2u}, {@code width} of
   * the first layer, {@code timesteps}. Runs whose configuration this version cannot read are left
   * out.
   *
   * @throws DataException if there is no such folder
   */
  public static Dataset<Row> settings(String folder) {
    FileStore files = files();
    List<Row> rows = new ArrayList<>();
    for (FileEntry entry : files.list(files.paths().absolute(folder))) {
      if (entry.isFolder()) {
        configuration(files, entry.path())
            .ifPresent(config -> rows.add(settings(entry.name(), config)));
      }
    }
    return Tables.of(
        "run STRING, architecture STRING, kind STRING, bits STRING, width INT, timesteps INT",
        rows);
  }

  private static Optional<RunConfig> configuration(FileStore files, String run) {
    try {
      return RunState.configuration(files, run);
    } catch (ConfigurationException e) {
      return Optional.empty();
    }
  }

  private static Row settings(String run, RunConfig config) {
    return RowFactory.create(
        run,
        config.network().architecture().key(),
        config.dataset().kind().key(),
        config.network().bits(),
        config.network().width(),
        config.network().timesteps());
  }
}
