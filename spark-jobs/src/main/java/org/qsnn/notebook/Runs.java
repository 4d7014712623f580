package org.qsnn.notebook;

import org.apache.spark.sql.SparkSession;
import org.qsnn.DataException;
import org.qsnn.config.RunConfig;
import org.qsnn.run.RunDirectory;
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
    FileStore files = FileStore.of(SparkSession.active().sparkContext().hadoopConfiguration());
    String folder = files.paths().absolute(path);
    RunConfig config =
        RunState.configuration(files, folder)
            .orElseThrow(
                () ->
                    new DataException(
                        folder
                            + ": must be the folder of a run; found no "
                            + RunDirectory.CONFIGURATION));
    return new Run(files, folder, config);
  }
}
