package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

class SparkDefaultsTest {
  private static final String JARS = "spark.jars";
  private static final String ANOTHER = "file:/opt/jdbc.jar";

  @Test
  void whatTheUserSaysHolds() {
    SparkConf given =
        new SparkConf(false)
            .set("spark.driver.maxResultSize", "1g")
            .set("spark.executorEnv.OMP_NUM_THREADS", "2");

    assertThat(SparkDefaults.beside(given, "spark://host:7077"))
        .doesNotContainKeys("spark.driver.maxResultSize", "spark.executorEnv.OMP_NUM_THREADS")
        .containsEntry("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
  }

  @Test
  void executorsThatAreToldToGoHandTheirSamplesOn() {
    assertThat(SparkDefaults.beside(new SparkConf(false), "spark://host:7077"))
        .containsEntry("spark.decommission.enabled", "true")
        .containsEntry("spark.storage.decommission.rddBlocks.enabled", "true");
    assertThat(SparkDefaults.beside(new SparkConf(false), "local[2]"))
        .doesNotContainKey("spark.decommission.enabled");
  }

  @Test
  void executorsComputeWithoutTheCheckThatTheDriverDoesWithoutAndKeepTheirHeap() {
    assertThat(SparkDefaults.beside(new SparkConf(false), "yarn"))
        .containsEntry(
            "spark.executor.defaultJavaOptions",
            "-XX:MaxHeapFreeRatio=100 -XX:-G1UseAdaptiveIHOP"
                + " -XX:InitiatingHeapOccupancyPercent=85 -XX:PerMethodTrapLimit=10000"
                + " -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0");
  }

  @Test
  void executorsAskOfTheirJvmWhatTheDriverAsks() {
    SparkConf given = new SparkConf(false).set("spark.plugins", "a.Plugin");

    assertThat(SparkDefaults.beside(new SparkConf(false), "yarn"))
        .containsEntry("spark.plugins", "org.qsnn.distributed.JvmPlugin");
    assertThat(SparkDefaults.beside(given, "yarn"))
        .containsEntry("spark.plugins", "org.qsnn.distributed.JvmPlugin,a.Plugin");
    assertThat(SparkDefaults.beside(new SparkConf(false), "local[2]"))
        .doesNotContainKey("spark.plugins");
  }

  @Test
  void oneProcessCopiesNoProgramButWhatElseTheUserNames() {
    SparkConf given = new SparkConf(false).set(JARS, ANOTHER + "," + program());

    assertThat(SparkDefaults.beside(given, "local[2]")).containsEntry(JARS, ANOTHER);
    assertThat(SparkDefaults.beside(given, "local")).containsEntry(JARS, ANOTHER);
  }

  @Test
  void aPlainNameWithASpaceIsAJarToo() {
    Map<String, String> settings =
        SparkDefaults.beside(new SparkConf(false).set(JARS, "/my jars/a.jar"), "local[*]");

    assertThat(settings).containsEntry(JARS, "/my jars/a.jar");
  }

  @Test
  @DisabledIfEnvironmentVariable(named = "SPARK_LOCAL_IP", matches = ".+")
  void oneProcessListensOnLoopbackOnlyUnlessTheUserSaysWhere() {
    assertThat(SparkDefaults.beside(new SparkConf(false), "local[2]"))
        .containsEntry("spark.driver.bindAddress", "127.0.0.1")
        .containsEntry("spark.driver.host", "127.0.0.1")
        .containsEntry("spark.ui.enabled", "false");
    assertThat(SparkDefaults.beside(new SparkConf(false), "spark://host:7077"))
        .doesNotContainKeys("spark.driver.bindAddress", "spark.ui.enabled");
    SparkConf given = new SparkConf(false).set("spark.ui.enabled", "true");
    assertThat(SparkDefaults.beside(given, "local[2]")).doesNotContainKey("spark.ui.enabled");
  }

  @Test
  void executorsElsewhereFetchTheProgram() {
    SparkConf given = new SparkConf(false).set(JARS, program());

    assertThat(SparkDefaults.beside(given, "spark://host:7077")).doesNotContainKey(JARS);
  }

  private static String program() {
    return Path.of("target/classes").toAbsolutePath().toUri().toString();
  }
}
