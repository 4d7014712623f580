package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SubmitLineTest {
  private final SparkConf given = new SparkConf(false);

  @Test
  void hasWhatTheLauncherSets() {
    assertThat(line().driverMemory(1).train("a.conf", List.of()))
        .contains(
            "--conf 'spark.driver.defaultJavaOptions=-XX:-G1UseAdaptiveIHOP"
                + " -XX:InitiatingHeapOccupancyPercent=85 -XX:PerMethodTrapLimit=10000"
                + " -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0'",
            "--conf 'spark.executor.defaultJavaOptions=-XX:MaxHeapFreeRatio=100"
                + " -XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=85"
                + " -XX:PerMethodTrapLimit=10000"
                + " -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0'",
            "--conf spark.executorEnv.OMP_NUM_THREADS=1")
        .endsWith(" train a.conf");
  }

  @Test
  void hasWhatWasGivenOfSparkAndOfTheConfiguration() {
    given
        .set("spark.task.maxFailures", "9")
        .set("spark.executor.extraJavaOptions", "-Da=1 -Db='2'");
    given.set("spark.driver.defaultJavaOptions", "-Dmine=1");
    given.set("spark.jars", "file:/x/more.jar").set("spark.app.name", "qsnn doctor");
    given.set("spark.submit.deployMode", "client").set("spark.master", "yarn");

    String line =
        line().driverMemory(1).train("a b.conf", List.of("run.dir=[x]", "dataset.path=it's"));

    assertThat(line)
        .contains("--master 'spark://h:1*'", "--conf spark.task.maxFailures=9")
        .contains("--conf 'spark.executor.extraJavaOptions=-Da=1 -Db='\\''2'\\'''")
        .contains("--conf spark.driver.defaultJavaOptions=-Dmine=1", "--jars file:/x/more.jar")
        .endsWith(" train 'a b.conf' --set 'run.dir=[x]' --set 'dataset.path=it'\\''s'")
        .doesNotContain("app.name", "deployMode", "yarn");
  }

  @Test
  void memoryIsWhatWasGivenIfThatIsEnough() {
    given.set("spark.driver.memory", "4g").set("spark.executor.memory", "600m");

    assertThat(
            line()
                .driverMemory(3L << 30)
                .executorMemory(700L << 20, 5L << 30)
                .train("c", List.of()))
        .contains("--driver-memory 4g --executor-memory 1024m ")
        .contains("--conf spark.executor.memoryOverhead=5632m");
    assertThat(line().executorMemory(1, 1000L << 20).train("c", List.of()))
        .contains("--conf spark.executor.memoryOverhead=1536m");
    assertThat(line().driverMemory(4L << 30).train("c", List.of()))
        .contains("--driver-memory 4608m ");
  }

  @Test
  void secretsAreNamedAndNotTold() {
    given.set("spark.authenticate.secret", "hush").set("spark.hadoop.fs.s3a.access.key", "hush");

    assertThat(line().driverMemory(1).train("c", List.of())).doesNotContain("hush");
    assertThat(line().secrets())
        .containsExactlyInAnyOrder("spark.authenticate.secret", "spark.hadoop.fs.s3a.access.key");
  }

  private SubmitLine line() {
    return new SubmitLine(given, "spark://h:1*");
  }
}
