package org.qsnn.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;
import org.qsnn.tensor.JvmOptions;
import scala.Tuple2;

/**
 * The line that starts a training as it was looked at: with all that was given of Spark's options
 * and of the configuration, but with enough memory.
 */
final class SubmitLine {
  /** What Spark's launcher adds of itself, or this line says otherwise. */
  private static final Pattern NOT_GIVEN =
      Pattern.compile(
          "spark[.](app|submit|repl)[.].*|spark[.](master|jars|driver[.]memory|executor[.]memory"
              + "|executor[.]memoryOverhead)");

  private static final String SECRET = "(?i).*(secret|password|token|access[.]?key).*";
  private static final int ROUND_MEGABYTES = 512;

  /**
   * Classes, compiled code, stacks and buffers of the network; as much as Spark allows at least.
   */
  private static final long JAVA_BYTES = 384L << 20;

  private final SparkConf given;
  private final String master;
  private final Map<String, String> properties = new TreeMap<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> memory = new ArrayList<>();
  private long executorBytes;

  /**
   * @param given what the command line and its files say
   */
  SubmitLine(SparkConf given, String master) {
    this.given = given;
    this.master = master;
    // What the launcher sets, and a plain spark-submit does not.
    properties.put("spark.driver.defaultJavaOptions", JvmOptions.OF_DRIVERS);
    properties.put("spark.executor.defaultJavaOptions", JvmOptions.OF_EXECUTORS);
    for (String variable : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      properties.put("spark.executorEnv." + variable, "1");
    }
    for (Tuple2<String, String> property : given.getAll()) {
      String key = property._1();
      if (key.matches(SECRET)) {
        secrets.add(key);
      } else if (!NOT_GIVEN.matcher(key).matches()) {
        properties.put(key, property._2());
      }
    }
  }

  /** Asks for memory: what was given if it is enough, else in steps of half a gigabyte. */
  SubmitLine driverMemory(long bytes) {
    memory.addAll(List.of("--driver-memory", enough("spark.driver.memory", bytes)));
    return this;
  }

  /**
   * The same of executors. A container is killed that takes more than heap and overhead: what is
   * off the heap, and what Java itself takes.
   */
  SubmitLine executorMemory(long heapBytes, long nativeBytes) {
    String heap = enough("spark.executor.memory", heapBytes);
    String overhead = enough("spark.executor.memoryOverhead", nativeBytes + JAVA_BYTES);
    memory.addAll(List.of("--executor-memory", heap));
    properties.put("spark.executor.memoryOverhead", overhead);
    executorBytes =
        JavaUtils.byteStringAsBytes(heap) + JavaUtils.byteStringAsMb(overhead) * (1L << 20);
    return this;
  }

  /** What the line asks of an executor's container: heap and overhead. */
  long executorBytes() {
    return executorBytes;
  }

  private String enough(String key, long bytes) {
    long megabytes = (bytes >> 20) + 1;
    if (given.contains(key) && given.getSizeAsMb(key, "0") >= megabytes) {
      return given.get(key);
    }
    long rounded = (megabytes + ROUND_MEGABYTES - 1) / ROUND_MEGABYTES * ROUND_MEGABYTES;
    return Math.max(rounded, 2L * ROUND_MEGABYTES) + "m";
  }

  /** Properties that are given and not shown: the line needs them too. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  /** For a shell. */
  String train(String configuration, List<String> overrides) {
    List<String> words = new ArrayList<>();
    Optional<String> launcher = launcher();
    words.add(launcher.orElse("spark-submit"));
    words.addAll(List.of("--master", master));
    words.addAll(memory);
    String jars = otherJars();
    if (!jars.isEmpty()) {
      words.addAll(List.of("--jars", jars));
    }
    properties.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    if (launcher.isEmpty()) {
      words.add(ThisProgram.file().toString());
    }
    words.addAll(List.of("train", configuration));
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    return words.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
  }

  private String otherJars() {
    return Arrays.stream(given.get("spark.jars", "").split(","))
        .filter(jar -> !jar.endsWith("/" + ThisProgram.file().getFileName()))
        .collect(Collectors.joining(","));
  }

  /** The script beside which this program was built, if it was. */
  private static Optional<String> launcher() {
    Path home = ThisProgram.file();
    for (int level = 0; level < 3 && home != null; level++) {
      home = home.getParent();
    }
    if (home == null || !Files.isExecutable(home.resolve("qsnn"))) {
      return Optional.empty();
    }
    boolean isHere = home.equals(Path.of("").toAbsolutePath());
    return Optional.of(isHere ? "./qsnn" : home.resolve("qsnn").toString());
  }
}
