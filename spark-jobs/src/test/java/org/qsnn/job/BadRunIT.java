package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.prepared.CifarFiles;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FaultyFileSystem;
import org.qsnn.storage.FaultyFileSystem.Fault;

/** What a run cannot write, what of it cannot be read, and a run that diverges. */
@ExtendWith(SparkSessionExtension.class)
class BadRunIT {
  @TempDir private static Path root;
  private static TinyTraining tiny;
  private static Path model;

  private final SparkSession spark;

  BadRunIT(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    assertThat(tiny.train("good", "--set", "train.epochs=1").exitCode()).isZero();
    model = Path.of(tiny.summary("good").get("model_file").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.conf", "fingerprint.json", "epoch-000000", "summary.json"})
  void missingPermissionNamesTheFile(String file) throws IOException {
    String run = "without-" + file.hashCode();
    try (var fault = inject(Fault.NO_PERMISSION_TO_CREATE, file)) {
      tiny.train(run, "--set", "train.epochs=1")
          .assertFailed(3, "qsnn: file:" + tiny.folder(run), file, "no permission to write it");
    }

    assertThat(tiny.train(run, "--set", "train.epochs=1").exitCode()).isZero();
    assertThat(tiny.bits(run)).isEqualTo(tiny.bits("good"));
  }

  @Test
  void folderThatCannotBeMadeIsNamed() {
    CommandRun.of(
            "train",
            tiny.configuration().toString(),
            "--set=run.dir=" + tiny.configuration() + "/run")
        .assertFailed(3, "qsnn: file:" + tiny.configuration());
  }

  @Test
  void divergenceNamesLayerAndStepAndKeepsTheLastCheckpoint() throws IOException {
    tiny.train(
            "diverged",
            "--set=network.weight-bits=32",
            "--set=network.membrane-bits=32",
            "--set=train.learning-rate=10",
            "--set=train.weight-decay=1",
            "--set=train.epochs=20")
        .assertFailed(4, "training diverged in epoch", "step", "train.learning-rate");

    assertThat(tiny.files("diverged"))
        .anyMatch(file -> file.startsWith("checkpoints/"))
        .contains("ended.json")
        .doesNotContain("summary.json");
    JsonNode ended = TinyTraining.json(tiny.folder("diverged").resolve("ended.json"));
    assertThat(ended.path("state").asText()).isEqualTo("diverged");
    assertThat(ended.path("reason").asText()).startsWith("training diverged in epoch");
  }

  @Test
  void damagedModelIsNamed() throws IOException {
    Path damaged = root.resolve("damaged.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 100] ^= 1;
    Files.write(damaged, bytes);

    tiny.evaluate(damaged.toString()).assertFailed(3, damaged.toString(), "CRC");
    CommandRun.of("inspect", damaged.toString()).assertFailed(3, damaged.toString(), "CRC");
  }

  @Test
  void truncatedModelIsNamed() throws IOException {
    Path truncated = root.resolve("truncated.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    Files.write(truncated, Arrays.copyOf(bytes, bytes.length - 7));

    tiny.evaluate(truncated.toString()).assertFailed(3, truncated.toString());
    CommandRun.of("inspect", truncated.toString()).assertFailed(3, truncated.toString());
  }

  @Test
  void otherFilesThanModelsAreNamed() throws IOException {
    Path notes = Files.writeString(root.resolve("notes.txt"), "what to try next");
    String checkpoint = tiny.folder("good") + "/checkpoints/epoch-000001-step-00000000.safetensors";

    tiny.evaluate(checkpoint).assertFailed(3, checkpoint, "packed-model", "checkpoint");
    tiny.evaluate(tiny.configuration().toString()).assertFailed(3, "tiny.conf");
    tiny.evaluate(root.resolve("absent").toString()).assertFailed(3, "absent", "does not exist");
    tiny.evaluate(tiny.folder("cache").toString()).assertFailed(3, "expected a packed model");
    CommandRun.of("inspect", notes.toString()).assertFailed(3, "notes.txt");
    CommandRun.of("inspect", root + "/absent").assertFailed(3, "absent", "does not exist");
  }

  @Test
  void datasetThatDoesNotFitTheModelIsRefused() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 4);

    tiny.evaluate(model.toString(), "--set=dataset.kind=cifar100", "--set=dataset.path=" + raw)
        .assertFailed(2, "10 classes", "100 in");
  }

  @Test
  void stackTraceIsShownOnDemand() {
    CommandRun debugged = CommandRun.of("inspect", root + "/absent", "--debug");

    assertThat(debugged.exitCode()).isEqualTo(3);
    assertThat(debugged.err()).contains("DataException", "\tat org.qsnn.", "qsnn: ");
  }

  private FaultyFileSystem.Injected inject(Fault fault, String where) {
    return FaultyFileSystem.inject(spark.sparkContext().hadoopConfiguration(), fault, where);
  }
}
