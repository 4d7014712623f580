package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.dataset.PictureFolders;

/** A folder of pictures of different sizes, one of them broken, on its whole way. */
@ExtendWith(SparkSessionExtension.class)
class ImageFoldersIT {
  private static final int EACH = 20;

  @TempDir static Path root;
  private static CommandRun trained;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    PictureFolders.classes(root.resolve("pictures"), EACH);
    Path broken = root.resolve("pictures/b/3.jpg");
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    Path configuration = root.resolve("pictures.conf");
    Files.writeString(
        configuration,
        """
        network { width-factor = 1/128, timesteps = 1 }
        train { epochs = 1, shards = 2, batch-size = 8 }
        """);
    trained =
        CommandRun.of(
            set(
                "train",
                configuration.toString(),
                "run.dir=" + root.resolve("run"),
                "dataset.kind=image-folders",
                "dataset.path=" + root.resolve("pictures"),
                "dataset.images.size=64",
                "dataset.images.normalization=computed",
                "dataset.on-bad-file=skip"));
  }

  private static String[] set(String command, String file, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command, file));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments.toArray(String[]::new);
  }

  private static JsonNode manifest() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(".dataset-cache"))) {
      return TinyTraining.json(
          files.filter(file -> file.endsWith("manifest.json")).findFirst().orElseThrow());
    }
  }

  @Test
  void theBrokenOneIsNamedAndAllOthersAreUsed() throws IOException {
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(manifest().get("sources").findValuesAsText("problem"))
        .filteredOn(problem -> !problem.isEmpty())
        .singleElement()
        .asString()
        .contains("b/3.jpg: is damaged");
    assertThat(manifest().at("/train/samples").asInt() + manifest().at("/test/samples").asInt())
        .isEqualTo(3 * EACH - 1);
  }

  @Test
  void theirOwnStatisticsAreInTheManifestTheModelAndItsCard() throws IOException {
    JsonNode statistics = manifest().get("statistics");
    List<String> mean = new ArrayList<>();
    statistics.get("mean").forEach(value -> mean.add(Double.toString(value.asDouble())));

    assertThat(mean).hasSize(3);
    CommandRun inspected = CommandRun.of("inspect", model(), "--json");
    assertThat(inspected.out()).contains(String.join(",", mean));
    assertThat(root.resolve("run/model/README.md"))
        .content()
        .contains("3 × 64 × 64", "| mean | " + String.join(",", mean));
  }

  @Test
  void theModelIsEvaluatedAnswersAndIsExported() throws IOException {
    CommandRun evaluated =
        CommandRun.of(
            set(
                "evaluate",
                root.resolve("run").toString(),
                "dataset.path=" + root.resolve("pictures"),
                "dataset.on-bad-file=skip",
                "dataset.cache-dir=" + root.resolve(".dataset-cache")));
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();

    String picture = root.resolve("pictures/a/0.png").toString();
    CommandRun.of("predict", model(), "--in", picture)
        .assertFailed(3, "must have the model's 64 × 64");
    CommandRun predicted = CommandRun.of("predict", model(), "--in", picture, "--resize");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.out()).contains("0.png: ");

    String program = root.resolve("c").toString();
    CommandRun exported = CommandRun.of("export", model(), "--to", "c", "--out", program);
    assertThat(exported.exitCode()).as(exported.err()).isZero();
  }

  private static String model() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("run/model"))) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".safetensors"))
          .findFirst()
          .orElseThrow();
    }
  }
}
