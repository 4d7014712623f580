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

/** The paper as its text has it, from the command line: trained, resumed, evaluated, refused. */
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
    for (String file : tiny.files("run")) {
      boolean isLater =
          !file.startsWith("checkpoints/epoch-000000-step-00000002")
              && !file.startsWith("checkpoints/epoch-000000-step-00000001")
              && (file.startsWith("checkpoints/")
                  || file.startsWith("metrics/")
                  || file.startsWith("model/")
                  || List.of("summary.json", "report.html", "neurobench.json", "mistakes.json")
                      .contains(file));
      if (!isLater) {
        Path copy = tiny.folder("resumed").resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(tiny.folder("run").resolve(file), copy);
      }
    }

    assertThat(tiny.files("resumed"))
        .contains("checkpoints/epoch-000000-step-00000002.safetensors", "run.conf")
        .doesNotContain("summary.json");

    CommandRun resumed = tiny.train("resumed", OPTIONS);

    assertThat(resumed.exitCode()).isZero();
    assertThat(tiny.bits("resumed")).isEqualTo(tiny.bits("run"));
    assertThat(tiny.metrics("resumed", 1)).isEqualTo(tiny.metrics("run", 1));
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
          .contains("network.membrane-quantization must be after-reset, found before-firing");
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
