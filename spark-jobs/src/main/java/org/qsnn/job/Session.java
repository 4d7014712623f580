package org.qsnn.job;

import java.time.Instant;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.qsnn.config.RunConfig;
import org.qsnn.storage.FileStore;
import scala.Option;

/**
 * Spark as a command uses it, with its file systems.
 *
 * @param isOwn whether the command started it; what somebody else started is only used
 */
record Session(SparkSession spark, FileStore files, boolean isOwn) implements AutoCloseable {

  static Session start(String command) {
    return of(builder(command, new SparkConf().get("spark.master", "")));
  }

  /** On so many cores of this machine, whatever master was given. */
  static Session local(String command, int cores) {
    String master = "local[" + cores + "]";
    return of(builder(command, master).master(master));
  }

  private static SparkSession.Builder builder(String command, String master) {
    SparkSession.Builder builder = SparkSession.builder().appName("qsnn " + command);
    SparkDefaults.beside(new SparkConf(), master).forEach(builder::config);
    return builder;
  }

  private static Session of(SparkSession.Builder builder) {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    SparkSession spark = running.isDefined() ? running.get() : builder.getOrCreate();
    FileStore files = FileStore.of(spark.sparkContext().hadoopConfiguration());
    return new Session(spark, files, running.isEmpty());
  }

  /**
   * @throws org.qsnn.ConfigurationException if the file is missing or wrong
   */
  RunConfig configuration(String path, List<String> overrides) {
    return RunConfig.load(ConfigurationFile.read(files, path), overrides, Instant.now());
  }

  /** Stops Spark if the command started it. */
  @Override
  public void close() {
    if (isOwn) {
      spark.stop();
    }
  }
}
