package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.Hashes;
import org.qsnn.SparkSessionExtension;

/** Integers beside floats, and the program that they become. */
@ExtendWith(SparkSessionExtension.class)
class ExportCommandIT {
  @TempDir static Path root;
  private static TinyTraining training;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    training = TinyTraining.in(root);
    CommandRun run = training.train("a", "--set", "network.timesteps=2");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void theIntegerRunnerAgreesWithTheFloatEvaluation() throws IOException {
    String model = training.folder("a").toString();
    JsonNode floats = TinyTraining.json(training.evaluate(model, "--json").out());
    CommandRun run = training.evaluate(model, "--json", "--runner", "integer");
    assertThat(run.exitCode()).as(run.err()).isZero();

    JsonNode both = TinyTraining.json(run.out());
    JsonNode integer = both.get("integer_runner");
    assertThat(both.get("accuracy")).isEqualTo(floats.get("accuracy"));
    assertThat(both.get("confusion")).isEqualTo(floats.get("confusion"));
    assertThat(integer.get("same_predictions").asInt()).isBetween(11, 12);
    assertThat(integer.get("first_layer_neurons").asInt()).isEqualTo(12 * 2 * 32 * 32);
    assertThat(integer.get("first_layer_spikes_that_differ").asInt()).isLessThan(50);
    assertThat(training.evaluate(model, "--runner", "integer").out())
        .contains("integer runner: accuracy", "same prediction as with floats in");
  }

  @Test
  void aRunIsExportedToANewFolderAndNoOther() throws IOException {
    Path target = root.resolve("c/shapes");
    CommandRun run = export("--to", "c", "--out", target.toString(), "--prefix", "shapes");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("bytes of constants").contains("bytes of arena");
    Path model = training.folder("a").resolve("model");
    String sha256 = null;
    for (String file : training.files("a")) {
      if (file.startsWith("model/") && file.endsWith(".safetensors")) {
        sha256 = Hashes.sha256(Files.readAllBytes(model.resolveSibling(file)));
      }
    }
    assertThat(target.resolve("shapes.h")).content().contains("SHAPES_ARENA_BYTES", sha256);
    assertThat(TinyTraining.json(target.resolve("shapes.json")).get("model_sha256").asText())
        .isEqualTo(sha256);
    assertThat(target.resolve("shapes.c")).exists();

    export("--to", "c", "--out", target.toString()).assertFailed(3, "new or empty folder");
  }

  @Test
  void whatDoesNotFitOrIsNoFormatIsRefusedAndNothingIsWritten() {
    Path target = root.resolve("refused");
    String[] to = {"--out", target.toString()};
    export("--to", "c", to[0], to[1], "--max-flash", "10")
        .assertFailed(2, "--max-flash", "most is for");
    export("--to", "c", to[0], to[1], "--max-ram", "10").assertFailed(2, "--max-ram");
    assertThat(export("--to", "paper", to[0], to[1]).err())
        .contains("'--to': must be c or safetensors; found paper");
    assertThat(target).doesNotExist();
  }

  private static CommandRun export(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "export";
    arguments[1] = training.folder("a").toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandRun.of(arguments);
  }
}
