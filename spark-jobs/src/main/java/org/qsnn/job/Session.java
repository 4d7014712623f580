package org.qsnn.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
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

  /** Spark alone in a process that was stopped, or slept with its laptop, has lost no executor. */
  private static final String HEARTBEAT_TIMEOUT = "spark.storage.blockManagerHeartbeatTimeoutMs";

  /**
   * A step's gradients are added as they arrive: their total says nothing of the driver's memory.
   */
  private static final String RESULT_LIMIT = "spark.driver.maxResultSize";

  /**
   * Every shard is made of all map outputs, but a small data set has one file, which one executor
   * reads: shards that follow it there would leave the other executors idle for the whole run.
   */
  private static final String SHARDS_FOLLOW_FILES = "spark.shuffle.reduceLocality.enabled";

  static Session start(String command) {
    return of(builder(command, new SparkConf().get("spark.master", "")));
  }

  /** On so many cores of this machine, whatever master was given. */
  static Session local(String command, int cores) {
    String master = "local[" + cores + "]";
    return of(builder(command, master).master(master));
  }

  private static SparkSession.Builder builder(String command, String master) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("qsnn " + command)
            .config("spark.ui.showConsoleProgress", "false");
    Map<String, String> defaults = new HashMap<>();
    defaults.put(RESULT_LIMIT, "0");
    defaults.put(SHARDS_FOLLOW_FILES, "false");
    if (master.matches("local(\\[.*])?")) {
      defaults.put(HEARTBEAT_TIMEOUT, "30d");
    }
    SparkConf given = new SparkConf();
    defaults.forEach(
        (key, value) -> {
          if (!given.contains(key)) {
            builder.config(key, value);
          }
        });
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

  /**
   * The same with files that are waited for as a configuration says.
   *
   * @param isOver true ends every wait
   */
  Session patient(RunConfig config, BooleanSupplier isOver) {
    return new Session(spark, files.patient(config.storage().patience(), isOver), isOwn);
  }

  /** Stops Spark if the command started it. */
  @Override
  public void close() {
    if (isOwn) {
      spark.stop();
    }
  }
}
