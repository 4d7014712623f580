package org.qsnn.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;
import org.qsnn.ConfigurationException;

/**
 * The programs that a cluster consists of.
 *
 * @param sparkHome has Spark's jars in its folder {@code jars}
 * @param hdfsHome has the jars of HDFS's daemons
 */
public record Software(Path sparkHome, Path hdfsHome) {

  /**
   * What the environment names, as the launcher sets it: {@code SPARK_HOME} and {@code
   * QSNN_HDFS_HOME}.
   */
  public static Software ofEnvironment() {
    return new Software(named("SPARK_HOME"), named("QSNN_HDFS_HOME"));
  }

  private static Path named(String variable) {
    String value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      throw new ConfigurationException(
          variable + ": expected a folder, found it unset; ./qsnn cluster sets it");
    }
    return Path.of(value).toAbsolutePath();
  }

  /** Names what is missing, before anything is started. */
  void requireComplete(ClusterSize size) {
    if (!hasJar(sparkHome.resolve("jars"), "spark-core_2.13-4.*.jar")) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "SPARK_HOME=%s: expected Spark 4 with Scala 2.13, found no jars/spark-core_2.13-4.*.jar",
              sparkHome));
    }
    if (size.hasHdfs() && !hasJar(hdfsHome, "hadoop-client-minicluster-*.jar")) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: expected HDFS's daemons, found no hadoop-client-minicluster-*.jar; mvn -B package"
                  + " -DskipTests brings them, --no-hdfs does without",
              hdfsHome));
    }
  }

  private static boolean hasJar(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, glob)) {
      return jars.iterator().hasNext();
    } catch (IOException e) {
      throw new ConfigurationException(folder + ": cannot be read: " + e, e);
    }
  }

  /** The command line of one of Spark's daemons. */
  List<String> spark(Path logging, String mainClass, List<String> arguments) {
    List<String> command = java(logging);
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    // A port that is taken is an error: the next one would be another cluster's address.
    command.add("-Dspark.port.maxRetries=0");
    // Every run leaves a copy of the program with each Worker.
    command.add("-Dspark.worker.cleanup.enabled=true");
    command.add("-Dspark.worker.cleanup.appDataTtl=3600");
    command.add("-cp");
    command.add(sparkHome.resolve("conf") + ":" + sparkHome.resolve("jars") + "/*");
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  /** The command line of one of HDFS's daemons. */
  List<String> hdfs(Path logging, String mainClass, List<String> arguments) {
    List<String> command = java(logging);
    command.addAll(List.of("-cp", hdfsHome + "/*", mainClass));
    command.addAll(arguments);
    return command;
  }

  /** Daemons compute nothing: they start sooner and take less with the quick compiler alone. */
  private static List<String> java(Path logging) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            DaemonProcesses.mark(logging)));
  }

  /** What daemons need in their environment; Workers hand it on to executors. */
  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        sparkHome.toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "SPARK_LOCAL_IP",
        Loopback.ADDRESS,
        "SPARK_PUBLIC_DNS",
        Loopback.ADDRESS);
  }
}
