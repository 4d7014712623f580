package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.SparkSessionExtension;

/** A network that a user wrote, from the command line: drawn, trained, resumed, carried away. */
@ExtendWith(SparkSessionExtension.class)
class CustomNetworkIT {
  private static final String LAYERS =
      "conv 4 bias, max-pool 2, residual-block 8 stride 2, conv 6, average-pool 2, linear 8, readout";

  private static final String[] OPTIONS = {
    "--set", "network.architecture=custom",
    "--set", "network.layers=" + LAYERS,
    "--set", "network.width-factor=1",
    "--set", "network.timesteps=2",
    "--set", "checkpoint.every-minutes=0.000001",
    "--set", "checkpoint.keep=100"
  };

  @TempDir private static Path root;
  private static TinyTraining tiny;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    CommandRun trained = tiny.train("run", OPTIONS);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
  }

  @Test
  void itsModelSaysWhatItIsMadeOf() throws IOException {
    JsonNode network = inspect(model()).get("network");

    assertThat(network.get("architecture").textValue()).isEqualTo("custom");
    assertThat(network.get("layers").textValue()).isEqualTo(LAYERS);
  }

  @Test
  void resumedRunEqualsTheOneThatWentThrough() throws IOException {
    for (String file : List.of("checkpoints/epoch-000000-step-00000002.safetensors", "run.conf")) {
      Path copy = tiny.folder("resumed").resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(tiny.folder("run").resolve(file), copy);
    }

    CommandRun resumed = tiny.train("resumed", OPTIONS);

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(tiny.bits("resumed")).isEqualTo(tiny.bits("run"));
    assertThat(tiny.metrics("resumed", 1)).isEqualTo(tiny.metrics("run", 1));
  }

  @Test
  void evaluationOfThePackedFileIsTheRunsTestAndIntegersAgree() throws IOException {
    CommandRun evaluation = tiny.evaluate(model(), "--json", "--runner", "integer");

    assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
    JsonNode answer = TinyTraining.json(evaluation.out());
    assertThat(answer.get("accuracy")).isEqualTo(tiny.summary("run").get("test_accuracy"));
    assertThat(answer.get("integer_runner").get("same_predictions").asInt()).isBetween(11, 12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "onnx", "safetensors"})
  void itIsExportedAsEveryOtherNetwork(String form) throws IOException {
    Path target = root.resolve("export/" + form);
    CommandRun run = CommandRun.of("export", model(), "--to", form, "--out", target.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(target).exists();
  }

  @Test
  void itsFloatTwinIsExportedToNirAndMeasured() throws IOException {
    Path target = root.resolve("export/nir");
    CommandRun run =
        CommandRun.of(
            "export",
            model(),
            "--to=nir",
            "--out=" + target,
            "--approximate",
            "--set=dataset.cache-dir=" + root.resolve("cache"),
            "--set=dataset.synthetic.train=40",
            "--set=dataset.synthetic.test=12");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("by NIR's rules [01]\\.\\d{4} {2}\\(\\d+ of 12\\)");
  }

  private static String model() throws IOException {
    return tiny.summary("run").get("model_file").textValue();
  }

  private static JsonNode inspect(String path) throws IOException {
    CommandRun inspection = CommandRun.of("inspect", path, "--json");
    assertThat(inspection.exitCode()).isZero();
    return TinyTraining.json(inspection.out());
  }
}
