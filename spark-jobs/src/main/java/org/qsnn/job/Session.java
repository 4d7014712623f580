package org.qsnn.job;

import java.time.Instant;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.qsnn.config.RunConfig;
import org.qsnn.config.StorageSection;
import org.qsnn.distributed.RunningJobs;
import org.qsnn.storage.FileStore;
import org.qsnn.training.ConfigurationFile;
import scala.Option;

/**
 * Spark as a command uses it, with its file systems.
 *
 * @param jobs ended by a signal, or when no executor computes them
 * @param stop also ends every wait for files
 * @param isOwn whether the command started it; what another program started is only used
 */
record Session(
    SparkSession spark, FileStore files, RunningJobs jobs, StopSignal stop, boolean isOwn)
    implements AutoCloseable {
  /** Of an executor of this machine: a task of any of the paper's networks. */
  private static final int EXECUTOR_MEGABYTES = 3072;

  static Session start(String command, StopSignal stop) {
    return of(builder(command, master()), stop);
  }

  private static String master() {
    SparkConf given = new SparkConf();
    SubmittedFiles.requireThere(given);
    String master = given.get("spark.master", "");
    MasterAddress.requireReachable(master);
    return master;
  }

  /** On so many cores of this machine, whatever master was given. */
  static Session local(String command, int cores, StopSignal stop) {
    String master = "local[" + cores + "]";
    return of(builder(command, master).master(master), stop);
  }

  /** On the master that was given, or, if that is a local one, on executors of one core here. */
  static Session onExecutors(String command, int executors, StopSignal stop) {
    String given = master();
    if (!given.startsWith("local") || given.startsWith("local-cluster")) {
      return of(builder(command, given), stop);
    }
    long megabytes = new SparkConf().getSizeAsMb("spark.executor.memory", EXECUTOR_MEGABYTES + "m");
    String master = "local-cluster[" + executors + ",1," + megabytes + "]";
    return of(
        builder(command, master).master(master).config("spark.executor.memory", megabytes + "m"),
        stop);
  }

  private static SparkSession.Builder builder(String command, String master) {
    SparkSession.Builder builder = SparkSession.builder().appName("qsnn " + command);
    SparkDefaults.beside(new SparkConf(), master).forEach(builder::config);
    return builder;
  }

  private static Session of(SparkSession.Builder builder, StopSignal stop) {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    SparkSession spark = running.isDefined() ? running.get() : builder.getOrCreate();
    FileStore files = FileStore.of(spark.sparkContext().hadoopConfiguration());
    RunningJobs jobs = RunningJobs.watched(spark.sparkContext());
    stop.whenReceived(jobs::end);
    return new Session(spark, files, jobs, stop, running.isEmpty());
  }

  /**
   * @throws org.qsnn.ConfigurationException if the file is missing or wrong
   */
  RunConfig configuration(String path, List<String> overrides) {
    RunConfig config =
        RunConfig.load(ConfigurationFile.read(files, path), overrides, Instant.now());
    if (ClusterMode.isIn(spark.sparkContext().getConf())) {
      ClusterMode.requireAbsoluteData(config);
    }
    return config;
  }

  /** The same with files that are waited for where they cannot be reached. */
  Session patient(StorageSection storage) {
    FileStore patient = files.patient(storage.patience(), stop::isReceived);
    return new Session(spark, patient, jobs, stop, isOwn);
  }

  /**
   * Of what this command writes.
   *
   * @param key that names the path
   * @throws org.qsnn.ConfigurationException if this driver runs on another machine than the one
   *     that submitted it, and the path is relative
   */
  void requireSeenEverywhere(String key, String path) {
    if (ClusterMode.isIn(spark.sparkContext().getConf())) {
      ClusterMode.requireAbsolute(key, path);
    }
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
