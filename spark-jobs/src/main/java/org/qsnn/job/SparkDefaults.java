package org.qsnn.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.qsnn.distributed.JvmPlugin;
import org.qsnn.tensor.JvmOptions;

/**
 * What a command asks of Spark where the user says nothing, behind the launcher and behind plain
 * spark-submit. The JVM of the driver runs already: what it needs is in {@link JvmOptions}.
 */
final class SparkDefaults {
  private static final String JARS = "spark.jars";

  private static final String PLUGINS = "spark.plugins";

  private static final String LOOPBACK = "127.0.0.1";

  private SparkDefaults() {}

  /** Settings to add to those given. */
  static Map<String, String> beside(SparkConf given, String master) {
    boolean isOneProcess = master.matches("local(\\[.*])?");
    Map<String, String> settings = usual(isOneProcess);
    settings.keySet().removeIf(given::contains);
    if (!isOneProcess) {
      settings.put(PLUGINS, withOurs(given.get(PLUGINS, "")));
    }
    if (isOneProcess && given.contains(JARS)) {
      settings.put(JARS, withoutProgram(given.get(JARS)));
    }
    return settings;
  }

  private static Map<String, String> usual(boolean isOneProcess) {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.ui.showConsoleProgress", "false");
    // Trials of a sweep that run on the same executors share them; other commands have one job.
    settings.put("spark.scheduler.mode", "FAIR");
    // A step's gradients are added as they arrive: their total says nothing of the driver's memory.
    settings.put("spark.driver.maxResultSize", "0");
    // Every shard is made of all map outputs, but a small data set has one file, which one executor
    // reads: shards that follow it there would leave the other executors idle for the whole run.
    settings.put("spark.shuffle.reduceLocality.enabled", "false");
    if (isOneProcess) {
      // Spark alone in a process that was stopped, or slept with its laptop, has lost no executor.
      settings.put("spark.storage.blockManagerHeartbeatTimeoutMs", "30d");
      // An executor whose task has no memory ends its process; this one has to say why it ends.
      settings.put("spark.executor.killOnFatalError.depth", "0");
      if (System.getenv("SPARK_LOCAL_IP") == null) {
        // Nobody else's business. No option says where the web page listens, only that variable.
        settings.put("spark.driver.host", LOOPBACK);
        settings.put("spark.driver.bindAddress", LOOPBACK);
        settings.put("spark.ui.enabled", "false");
      }
    } else {
      // An executor that is told to go ends its tasks and hands its samples on first.
      settings.put("spark.decommission.enabled", "true");
      settings.put("spark.storage.decommission.enabled", "true");
      settings.put("spark.storage.decommission.rddBlocks.enabled", "true");
      settings.put("spark.storage.decommission.shuffleBlocks.enabled", "true");
    }
    settings.put("spark.executor.defaultJavaOptions", JvmOptions.OF_EXECUTORS);
    // Parallelism comes from tasks, each with one native thread.
    settings.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    settings.put("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
    return settings;
  }

  private static String withOurs(String plugins) {
    String ours = JvmPlugin.class.getName();
    return plugins.isBlank() ? ours : ours + "," + plugins;
  }

  /** Spark would copy the program into its temporary folder, for tasks that have it anyway. */
  private static String withoutProgram(String jars) {
    Path program = ThisProgram.file();
    return Stream.of(jars.split(","))
        .filter(jar -> !jar.isBlank() && !isAt(program, jar.trim()))
        .collect(Collectors.joining(","));
  }

  private static boolean isAt(Path program, String jar) {
    try {
      URI uri = new URI(jar);
      return (uri.getScheme() == null ? Path.of(jar) : Path.of(uri.getPath())).equals(program);
    } catch (URISyntaxException plainName) {
      return Path.of(jar).equals(program);
    }
  }
}
