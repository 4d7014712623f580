package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;

@ExtendWith(SparkSessionExtension.class)
class DoctorCommandIT {
  @TempDir private Path root;
  private TinyTraining tiny;

  @BeforeEach
  void configure(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
  }

  @Test
  void findsNothingWrongWithASmallTrainingAndLeavesOnlyItsData() throws IOException {
    CommandRun doctor = doctor();

    assertThat(doctor.err()).isEmpty();
    assertThat(doctor.exitCode()).isZero();
    assertThat(doctor.out())
        .contains("ok       java", "ok       native", "ok       data")
        .contains("spark-submit --master 'local[2]' --driver-memory ")
        .contains(" train " + tiny.configuration())
        .doesNotContain("warning", "problem");
    assertThat(tiny.folder("run")).doesNotExist();
    assertThat(tiny.files("")).noneMatch(file -> file.contains("doctor"));
  }

  @Test
  void saysTheSameAsJson() throws IOException {
    JsonNode found = TinyTraining.json(doctor("--json").out());

    assertThat(found.get("ok").booleanValue()).isTrue();
    assertThat(found.get("findings").findValuesAsText("name"))
        .contains("java", "spark", "scala", "native", "executors", "threads", "clocks")
        .contains("run.dir", "cache", "executor heap", "executor off heap", "driver heap", "data");
    assertThat(found.get("submit").textValue()).startsWith("spark-submit ");
  }

  @Test
  void namesABatchThatDoesNotFitIntoMemory() {
    CommandRun doctor =
        doctor(
            "--set=network.width-factor=1",
            "--set=network.timesteps=20",
            "--set=train.batch-size=32");

    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.out())
        .containsPattern("problem  executor off heap +about \\d+ MB needed, \\d+ MB there")
        .contains("a smaller train.batch-size", "ok       data");
  }

  @Test
  void namesABatchThatTheDataCannotFill() {
    CommandRun doctor = doctor("--set=train.batch-size=1000");

    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.out()).contains("problem  data", "train.batch-size");
  }

  @Test
  void namesADamagedDataSetAndLooksAtTheRest() throws IOException {
    assertThat(doctor().exitCode()).isZero();
    Path parquet;
    try (var files = Files.walk(root.resolve("cache"))) {
      parquet =
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(parquet);
    bytes[bytes.length / 2] ^= 1;
    Files.write(parquet, bytes);

    CommandRun doctor = doctor();

    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.out())
        .containsPattern("problem  data +\\S*" + parquet.getFileName() + ": expected SHA-256")
        .contains("ok       run.dir")
        .doesNotContain("spark-submit");
  }

  @Test
  void namesAFileSystemThatCannotBeReached() {
    CommandRun doctor = doctor("--set=run.dir=hdfs://127.0.0.1:1/run");

    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.out()).containsPattern("problem  run.dir +hdfs://127.0.0.1:1/run: cannot ");
  }

  @Test
  void wrongConfigurationIsToldAsByEveryCommand() {
    doctor("--set=train.shard=2").assertFailed(2, "train.shard");
  }

  private CommandRun doctor(String... options) {
    List<String> arguments = new ArrayList<>(tiny.arguments("run", options));
    arguments.set(0, "doctor");
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
