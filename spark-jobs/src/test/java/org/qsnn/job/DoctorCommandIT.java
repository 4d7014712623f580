package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        .contains("ok       vectors", "ok       temporary files", "ok       run  ")
        .containsPattern("\n +\\d+ +\\d+  ring\n")
        .contains("/qsnn --master 'local[2]' --driver-memory ")
        .contains(" train " + tiny.configuration())
        .contains("warning  classes            no samples to train or test on for dots")
        .containsOnlyOnce("warning")
        .doesNotContain("problem");
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
    assertThat(found.get("classes").findValuesAsText("name")).hasSize(10).contains("ring");
    assertThat(found.at("/classes/0/train").intValue()).isEqualTo(2);
    assertThat(found.get("submit").textValue()).contains("/qsnn --master");
  }

  @Test
  void printedLineStartsThatRun() throws Exception {
    String odd = "it's [o]{d,d} \"$HOME\" *";
    String line =
        TinyTraining.json(doctor("--json", "--set=run.dir=" + tiny.folder(odd)).out())
            .get("submit")
            .textValue();

    List<String> words = new ArrayList<>(words(line));
    assertThat(words.remove(0)).endsWith("/qsnn");
    List<String> options = List.of("--master", "--driver-memory", "--conf");
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (options.contains(words.get(i))) {
        i++; // its value: both are the launcher's
      } else {
        arguments.add(words.get(i));
      }
    }
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(tiny.folder(odd).resolve("summary.json")).exists();
  }

  /** What a shell makes of a line. */
  private static List<String> words(String line) throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-c", "printf '%s\\0' " + line)
            .redirectErrorStream(true)
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    return List.of(words.split("\0"));
  }

  @Test
  void runsThatTrainWouldRefuseAreProblems() throws IOException {
    Files.createDirectories(tiny.folder("full"));
    Files.writeString(tiny.folder("full").resolve("thesis.tex"), "years of work");

    CommandRun doctor = doctor("--set=run.dir=" + tiny.folder("full"));

    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.out()).containsPattern("problem  run +run.dir: .*thesis.tex");
    assertThat(tiny.files("full")).containsExactly("thesis.tex");
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
        .containsPattern("problem  executor off heap +about \\d+ MB needed, \\d+ MB available")
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
        .doesNotContain("Start it:");
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
