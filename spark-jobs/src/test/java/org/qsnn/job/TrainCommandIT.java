package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.prepared.CifarFiles;
import org.qsnn.sample.CifarFormat;

/** A training from the command line, and what the other commands make of it. */
@ExtendWith(SparkSessionExtension.class)
class TrainCommandIT {
  @TempDir private static Path root;
  private static TinyTraining tiny;
  private static CommandRun trained;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    trained = tiny.train("run");
  }

  @Test
  void saysHowItEndedAndWhereEverythingLies() {
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.err()).isEmpty();
    assertThat(trained.log()).isEmpty();
    assertThat(trained.out())
        .contains("test accuracy", "best epoch", tiny.folder("run") + "/summary.json");
  }

  @Test
  void leavesEveryFileOfARunAndNoOther() throws IOException {
    String best =
        String.format(Locale.ROOT, "%06d", tiny.summary("run").get("best_epoch").intValue());

    assertThat(tiny.files("run"))
        .containsExactly(
            "checkpoints/epoch-000001-step-00000000.safetensors",
            "checkpoints/epoch-000001-step-00000000.safetensors.sha256",
            "checkpoints/epoch-000002-step-00000000.safetensors",
            "checkpoints/epoch-000002-step-00000000.safetensors.sha256",
            "fingerprint.json",
            "lease/000001-released.json",
            "metrics/epoch-000000.json",
            "metrics/epoch-000001.json",
            "mistakes.json",
            "model/README.md",
            "model/epoch-" + best + ".safetensors",
            "model/epoch-" + best + ".safetensors.sha256",
            "neurobench.json",
            "report.html",
            "run.conf",
            "run.log",
            "summary.json");
  }

  @Test
  void summaryNamesTheRun() throws IOException {
    JsonNode summary = tiny.summary("run");

    assertThat(summary.get("command").textValue()).isEqualTo("train");
    assertThat(summary.get("network").textValue()).isEqualTo("resnet19");
    assertThat(summary.get("dataset").textValue()).isEqualTo("synthetic");
    assertThat(summary.get("epochs").intValue()).isEqualTo(2);
    assertThat(summary.get("samples_per_s").doubleValue()).isPositive();
    assertThat(summary.get("validation_accuracy").doubleValue()).isBetween(0.0, 1.0);
    assertThat(summary.get("parameters_sha256").textValue()).matches("[0-9a-f]{64}");
    assertThat(Path.of(summary.get("model_file").textValue())).isRegularFile();
    assertThat(summary.get("model_bytes").longValue())
        .isLessThan(summary.get("float_bytes").longValue());
  }

  @Test
  void hashOfTheConfigurationIsOneInAllFiles() throws IOException {
    JsonNode fingerprint = TinyTraining.json(tiny.folder("run").resolve("fingerprint.json"));
    JsonNode model = inspect(tiny.summary("run").get("model_file").textValue());

    assertThat(model.at("/provenance/configuration-sha256"))
        .isEqualTo(fingerprint.get("config_sha256"));
    assertThat(model.at("/provenance/data-sha256")).isEqualTo(fingerprint.get("data_sha256"));
  }

  @Test
  void runOfTheWrittenConfigurationIsTheSameRun() throws IOException {
    CommandRun again =
        CommandRun.of(
            "train",
            tiny.folder("run").resolve("run.conf").toString(),
            "--set",
            "run.dir=" + tiny.folder("again"));

    assertThat(again.exitCode()).isZero();
    assertThat(tiny.bits("again")).isEqualTo(tiny.bits("run"));
  }

  @ParameterizedTest
  @EnumSource(Evaluated.class)
  void evaluationOfThePackedFileIsTheRunsTest(Evaluated evaluated) throws IOException {
    JsonNode summary = tiny.summary("run");
    String model =
        evaluated == Evaluated.RUN
            ? tiny.folder("run").toString()
            : summary.get("model_file").textValue();

    CommandRun evaluation = tiny.evaluate(model, "--json");

    assertThat(evaluation.exitCode()).isZero();
    JsonNode json = TinyTraining.json(evaluation.out());
    assertThat(json.get("accuracy")).isEqualTo(summary.get("test_accuracy"));
    assertThat(json.get("confusion")).isEqualTo(summary.get("test_confusion"));
    assertThat(json.get("samples").intValue()).isEqualTo(12);
  }

  /** What {@code evaluate} is given. */
  enum Evaluated {
    RUN,
    FILE
  }

  @Test
  void evaluationIsReadable() throws IOException {
    CommandRun evaluation = tiny.evaluate(tiny.folder("run").toString());

    assertThat(evaluation.err()).isEmpty();
    assertThat(evaluation.out()).startsWith("accuracy ").contains("checkerboard", "of 12)");
  }

  @Test
  void inspectTellsWhatEachFileIs() throws IOException {
    Path run = tiny.folder("run");
    JsonNode checkpoint =
        inspect(run.resolve("checkpoints/epoch-000001-step-00000000.safetensors").toString());

    assertThat(inspect(run.toString()).get("what").textValue()).isEqualTo("run");
    assertThat(inspect(run.toString()).get("finished").booleanValue()).isTrue();
    assertThat(checkpoint.get("what").textValue()).isEqualTo("checkpoint");
    assertThat(checkpoint.at("/state/epoch").textValue()).isEqualTo("1");
    assertThat(inspect(tiny.summary("run").get("model_file").textValue()).get("what").textValue())
        .isEqualTo("packed-model");
  }

  @ParameterizedTest
  @EnumSource(CifarFormat.class)
  void trainsOnOfficialFilesRawAndPreparedAlike(CifarFormat format) throws IOException {
    String kind = "dataset.kind=" + format.name().toLowerCase(Locale.ROOT);
    Path raw = CifarFiles.write(root.resolve(format + "/raw"), format, 40);
    Path prepared = root.resolve(format + "/prepared");

    CommandRun preparation =
        CommandRun.of(
            "prepare",
            tiny.configuration().toString(),
            "--to",
            prepared.toString(),
            "--set",
            kind,
            "--set",
            "dataset.path=" + raw);
    CommandRun onRaw = shortTraining(format + "/a", kind, raw);
    CommandRun onPrepared = shortTraining(format + "/b", kind, prepared);

    assertThat(List.of(preparation, onRaw, onPrepared))
        .allSatisfy(run -> assertThat(run.err()).isEmpty())
        .extracting(CommandRun::exitCode)
        .containsOnly(0);
    assertThat(tiny.bits(format + "/a")).isEqualTo(tiny.bits(format + "/b"));
    assertThat(inspect(prepared.toString()).get("what").textValue()).isEqualTo("dataset");
    assertThat(raw).isDirectoryNotContaining("glob:**.parquet");
  }

  private static CommandRun shortTraining(String run, String kind, Path data) {
    return tiny.train(
        run,
        "--set",
        kind,
        "--set",
        "dataset.path=" + data,
        "--set",
        "train.epochs=1",
        "--set",
        "dataset.limit-train=8");
  }

  @Test
  void trainingTooSmallToValidateHasNullsAndTestsItsLastEpoch() throws IOException {
    CommandRun run =
        tiny.train(
            "unvalidated",
            "--set",
            "dataset.validation-fraction=0.001",
            "--set",
            "train.batch-size=20");

    assertThat(run.exitCode()).isZero();
    assertThat(tiny.summary("unvalidated").get("validation_accuracy").isNull()).isTrue();
    assertThat(tiny.summary("unvalidated").get("best_epoch").intValue()).isEqualTo(1);
  }

  @Test
  void folderMayHaveASpaceInItsName() {
    CommandRun run = tiny.train("a b", "--set", "train.epochs=1");

    assertThat(run.exitCode()).isZero();
    assertThat(tiny.folder("a b").resolve("run.log")).isRegularFile();
  }

  @Test
  void runMayLieOnAnyHadoopFileSystem(SparkSession spark) throws IOException {
    Files.createDirectory(root.resolve("far"));
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.viewfs.mounttable.cluster.link./runs", root.resolve("far").toUri().toString());
    String folder = "--set=run.dir=viewfs://cluster/runs/a";

    CommandRun run = tiny.train("unused", folder);
    CommandRun again = tiny.train("unused", folder);

    assertThat(run.err()).isEmpty();
    assertThat(tiny.bits("far/a")).isEqualTo(tiny.bits("run"));
    assertThat(root.resolve("far/a/run.log")).exists();
    again.assertFailed(2, "viewfs://cluster/runs/a holds a finished run");
  }

  @Test
  void commandsLeaveASessionOpenThatTheyDidNotStart(SparkSession spark) {
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }

  private static JsonNode inspect(String path) throws IOException {
    CommandRun inspection = CommandRun.of("inspect", path, "--json");
    assertThat(inspection.exitCode()).isZero();
    assertThat(CommandRun.of("inspect", path).out()).isNotBlank();
    return TinyTraining.json(inspection.out());
  }
}
