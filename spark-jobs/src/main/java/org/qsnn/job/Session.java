package org.qsnn.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.qsnn.config.RunConfig;
import org.qsnn.distributed.RunningJobs;
import org.qsnn.storage.FileStore;
import scala.Option;

/**
 * Spark as a command uses it, with its file systems.
 *
 * @param jobs ended by a signal, or when no executor computes them
 * @param isOwn whether the command started it; what somebody else started is only used
 */
record Session(SparkSession spark, FileStore files, RunningJobs jobs, boolean isOwn)
    implements AutoCloseable {

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

  /**
   * An executor whose task has no memory ends its process; alone it is the driver, which has to say
   * why it ends.
   */
  private static final String DEATH_OF_AN_EXECUTOR = "spark.executor.killOnFatalError.depth";

  /** Of a run on this machine alone: nobody else's business. */
  private static final String LOOPBACK = "127.0.0.1";

  /** It listens on every interface unless SPARK_LOCAL_IP, which no option replaces, is set. */
  private static final String WEB_PAGE = "spark.ui.enabled";

  static Session start(String command, StopSignal stop) {
    return of(builder(command, master()), stop);
  }

  private static String master() {
    String master = new SparkConf().get("spark.master", "");
    MasterAddress.requireReachable(master);
    return master;
  }

  /** On so many cores of this machine, whatever master was given. */
  static Session local(String command, int cores, StopSignal stop) {
    String master = "local[" + cores + "]";
    return of(builder(command, master).master(master), stop);
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
      defaults.put(DEATH_OF_AN_EXECUTOR, "0");
      if (System.getenv("SPARK_LOCAL_IP") == null) {
        defaults.put("spark.driver.host", LOOPBACK);
        defaults.put("spark.driver.bindAddress", LOOPBACK);
        defaults.put(WEB_PAGE, "false");
      }
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

  private static Session of(SparkSession.Builder builder, StopSignal stop) {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    SparkSession spark = running.isDefined() ? running.get() : builder.getOrCreate();
    FileStore files = FileStore.of(spark.sparkContext().hadoopConfiguration());
    RunningJobs jobs = RunningJobs.watched(spark.sparkContext());
    stop.whenReceived(jobs::end);
    return new Session(spark, files, jobs, running.isEmpty());
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
    jobs.close();
    if (isOwn) {
      spark.stop();
    }
  }
}
