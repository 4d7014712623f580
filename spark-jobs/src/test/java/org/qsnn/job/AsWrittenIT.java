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
import org.qsnn.SparkSessionExtension;

/**
 * The paper as its text has it, and a user's own neurons, from the command line: trained, resumed,
 * evaluated, refused.
 */
@ExtendWith(SparkSessionExtension.class)
class AsWrittenIT {
  private static final String[] OPTIONS = {
    "--set", "recipe=as-written",
    "--set", "network.architecture=vggsnn",
    "--set", "network.width-factor=1/16",
    "--set", "network.timesteps=2",
    "--set", "checkpoint.every-minutes=0.000001",
    "--set", "checkpoint.keep=100"
  };

  private static final String[] NEURONS = {
    "--set", "network.timesteps=3",
    "--set", "network.neuron.decay=0.9",
    "--set", "network.neuron.threshold=0.7",
    "--set", "network.neuron.reset=soft",
    "--set", "network.neuron.surrogate=sigmoid",
    "--set", "network.neuron.surrogate-width=1.5",
    "--set", "network.firing=at-or-above",
    "--set", "train.tet=0.05",
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
  void modelSaysWhichWayItWasTrained() throws IOException {
    JsonNode network = inspect(model("run")).get("network");

    assertThat(network.get("weight_scheme").textValue()).isEqualTo("layer-regulated-mean");
    assertThat(network.get("membrane_quantization").textValue()).isEqualTo("before-firing");
    assertThat(network.get("firing").textValue()).isEqualTo("at-or-above");
    assertThat(network.get("head").textValue()).isEqualTo("averaged");
    assertThat(Files.readString(tiny.folder("run").resolve("run.conf")))
        .contains("recipe=as-written", "over-layers=sum");
  }

  @Test
  void resumedRunEqualsTheOneThatWentThrough() throws IOException {
    checkResumed("run", OPTIONS);
  }

  @Test
  void neuronsOfOnesOwnResumeAndAnswerFromTheirFile() throws IOException {
    CommandRun trained = tiny.train("neurons", NEURONS);
    assertThat(trained.err()).isEmpty();
    checkResumed("neurons", NEURONS);

    String model = model("neurons");
    assertThat(CommandRun.of("inspect", model).out())
        .contains("fires at or above the threshold, decay 0.9, threshold 0.7, soft reset");
    assertThat(Files.readString(tiny.folder("neurons").resolve("model/README.md")))
        .contains("| decay of a membrane | 0.9 |", "| reset | soft |");
    CommandRun evaluation = tiny.evaluate(model, "--json", "--runner", "integer");
    assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
    JsonNode both = TinyTraining.json(evaluation.out());
    assertThat(both.get("accuracy")).isEqualTo(tiny.summary("neurons").get("test_accuracy"));
    assertThat(both.get("integer_runner").get("same_predictions").asInt()).isBetween(11, 12);
    CommandRun nir =
        CommandRun.of(
            "export", model, "--to", "nir", "--approximate", "--out", root.resolve("n").toString());
    assertThat(nir.exitCode()).isEqualTo(2);
    assertThat(nir.err()).contains("network.neuron.reset must be hard; found soft");
  }

  private static void checkResumed(String run, String... options) throws IOException {
    String copied = run + "-resumed";
    for (String file : tiny.files(run)) {
      boolean isLater =
          !file.startsWith("checkpoints/epoch-000000-step-00000002")
              && !file.startsWith("checkpoints/epoch-000000-step-00000001")
              && (file.startsWith("checkpoints/")
                  || file.startsWith("metrics/")
                  || file.startsWith("model/")
                  || List.of("summary.json", "report.html", "neurobench.json", "mistakes.json")
                      .contains(file));
      if (!isLater) {
        Path copy = tiny.folder(copied).resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(tiny.folder(run).resolve(file), copy);
      }
    }

    assertThat(tiny.files(copied))
        .contains("checkpoints/epoch-000000-step-00000002.safetensors", "run.conf")
        .doesNotContain("summary.json");

    CommandRun resumed = tiny.train(copied, options);

    assertThat(resumed.exitCode()).isZero();
    assertThat(tiny.bits(copied)).isEqualTo(tiny.bits(run));
    assertThat(tiny.metrics(copied, 1)).isEqualTo(tiny.metrics(run, 1));
  }

  @Test
  void evaluationOfThePackedFileIsTheRunsTest() throws IOException {
    CommandRun evaluation = tiny.evaluate(model("run"), "--json");

    assertThat(evaluation.exitCode()).isZero();
    assertThat(TinyTraining.json(evaluation.out()).get("accuracy"))
        .isEqualTo(tiny.summary("run").get("test_accuracy"));
  }

  @Test
  void integerRunnerAndCExportRefuseItByItsKey() throws IOException {
    CommandRun evaluation = tiny.evaluate(model("run"), "--runner", "integer");
    CommandRun export =
        CommandRun.of("export", model("run"), "--to", "c", "--out", root.resolve("c").toString());

    for (CommandRun refused : List.of(evaluation, export)) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains("network.membrane-quantization must be after-reset; found before-firing");
    }
  }

  private static String model(String run) throws IOException {
    return tiny.summary(run).get("model_file").textValue();
  }

  private static JsonNode inspect(String path) throws IOException {
    CommandRun inspection = CommandRun.of("inspect", path, "--json");
    assertThat(inspection.exitCode()).isZero();
    return TinyTraining.json(inspection.out());
  }
}
