package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.SparkSessionExtension;

@ExtendWith(SparkSessionExtension.class)
class SweepCommandIT {
  @TempDir private Path root;
  private TinyTraining base;

  @BeforeEach
  void writeBase(SparkSession spark) throws IOException {
    base = TinyTraining.in(root);
  }

  @Test
  void trialsHaveTheBitsOfTrainingsWithTheirConfiguration() throws IOException {
    CommandRun sweep = sweep("a", "space { train.learning-rate = [0.05, 0.1] }, search = grid");

    assertThat(sweep.exitCode()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("validation-accuracy", "train.learning-rate=", "finished");
    List<JsonNode> trials = rows("a/trials.json");
    assertThat(trials).extracting(row -> row.path("state").asText()).containsOnly("finished");
    int verified = 0;
    for (JsonNode trial : trials) {
      String rate = trial.path("point").path("train.learning-rate").asText();
      String run = "alone-" + rate;
      assertThat(base.train(run, "--set", "train.learning-rate=" + rate).exitCode()).isZero();
      String folder = trial.path("folder").asText();
      if (Files.exists(root.resolve("a/trials/" + name(trial) + "/summary.json"))) {
        CommandRun equal = CommandRun.of("verify-run", folder, base.folder(run).toString());
        assertThat(equal.exitCode()).as(equal.out()).isZero();
        verified++;
      }
      assertThat(summary(base.folder(run)).path("parameters_sha256"))
          .isEqualTo(trial.path("parameters_sha256"));
    }
    assertThat(verified).isEqualTo(1); // the best alone is tested
  }

  @ParameterizedTest
  @ValueSource(strings = {"task", "cluster"})
  void halvedTrialsGoOnFromTheirCheckpointsWithTheSameBits(String placement) throws IOException {
    // A whitened stem is computed from samples, which a trial has from elsewhere than a run.
    String text =
        "set { train.stem = whitened },"
            + " space { train.learning-rate = { from = 0.01, to = 0.2, scale = log } }, trials = 3,"
            + " halving { eta = 3, first-epochs = 1 }, test = front, placement = "
            + placement;

    assertThat(sweep(placement, text).exitCode()).isZero();

    List<JsonNode> trials = rows(placement + "/trials.json");
    assertThat(trials).extracting(row -> row.path("epochs").asInt()).containsOnlyOnce(2);
    JsonNode best =
        trials.stream().filter(row -> row.path("epochs").asInt() == 2).findFirst().orElseThrow();
    String rate = best.path("point").path("train.learning-rate").asText();
    base.train("alone", "--set", "train.learning-rate=" + rate, "--set", "train.stem=whitened");
    Path folder = root.resolve(placement + "/trials/" + name(best));
    assertThat(summary(folder).path("parameters_sha256"))
        .isEqualTo(summary(base.folder("alone")).path("parameters_sha256"))
        .isEqualTo(best.path("parameters_sha256"));
    assertThat(rows(placement + "/front.json").get(0).path("test_accuracy"))
        .isEqualTo(summary(base.folder("alone")).path("test_accuracy"));
    trials.stream()
        .filter(row -> !row.equals(best))
        .forEach(row -> assertThat(checkpoints(placement + "/trials/" + name(row))).isEmpty());
  }

  @Test
  void theSameCommandResumesASweepAndAChangedOneIsRefused() throws IOException {
    String text = "space { train.learning-rate = [0.05, 0.1] }, search = grid";
    sweep("a", text);
    List<JsonNode> first = rows("a/trials.json");

    assertThat(sweep("a", text).exitCode()).isZero();
    assertThat(rows("a/trials.json")).isEqualTo(first);

    sweep("a", text + ", repeat = 2").assertFailed(2, "sweep.repeat: 2, there 1", "another folder");
    sweep("a", text, "--set", "train.batch-size=4")
        .assertFailed(2, "train.batch-size: 4, there 8", "another folder");
  }

  @Test
  void statusAndBestTellOfASweep() throws IOException {
    sweep("a", "space { network.timesteps = [1, 2] }, search = grid, repeat = 2, test = none");

    CommandRun status = CommandRun.of("sweep", "status", root.resolve("a").toString());
    assertThat(status.exitCode()).isZero();
    assertThat(status.out())
        .contains("network.timesteps=1", "deviation", "to the first row", "0003");
    CommandRun best = CommandRun.of("sweep", "best", root.resolve("a").toString());
    assertThat(best.out()).contains("qsnn evaluate", "qsnn train", "/run.conf");
    CommandRun.of("sweep", "status", root.resolve("none").toString())
        .assertFailed(3, "must be the folder of a sweep");
  }

  @Test
  void aPointThatNoNetworkCanBeBuiltFromIsRefusedBeforeAnythingRuns() throws IOException {
    sweep("a", "space { train.batch-size = [8, 100000] }, search = grid")
        .assertFailed(2, "the point train.batch-size=100000");
    assertThat(root.resolve("a/trials")).doesNotExist();
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.writeString(root.resolve("a/letter.txt"), "mine");

    sweep("a", "space { network.timesteps = [1] }, search = grid")
        .assertFailed(2, "must be empty or hold a sweep", "letter.txt");
    assertThat(root.resolve("a/letter.txt")).hasContent("mine");
  }

  @Test
  void aDivergedTrialIsAResultThatIsNotTriedAgain() throws IOException {
    String text =
        "set { train.epochs = 20, train.weight-decay = 1,"
            + " network { weight-bits = 32, membrane-bits = 32 } },"
            + " space { train.learning-rate = [0.01, 10] }, search = grid, test = none";

    assertThat(sweep("a", text).exitCode()).isZero();

    List<JsonNode> trials = rows("a/trials.json");
    assertThat(trials.get(0).path("state").asText()).isEqualTo("finished");
    assertThat(trials.get(1).path("state").asText()).isEqualTo("diverged");
    assertThat(trials.get(1).path("reason").asText()).contains("training diverged in epoch");
    assertThat(rows("a/front.json")).extracting(row -> row.path("trial").asInt()).containsOnly(0);
    assertThat(sweep("a", text).exitCode()).isZero();
    assertThat(rows("a/trials.json")).isEqualTo(trials);
  }

  @Test
  void aTrialThatWasDamagedByHandIsTrainedAgainFromItsLastIntactCheckpoint() throws IOException {
    String text = "space { train.learning-rate = [0.05, 0.1] }, search = grid, test = none";
    sweep("a", text);
    List<JsonNode> first = rows("a/trials.json");
    Path trial = root.resolve("a/trials/0001");
    Files.writeString(trial.resolve("metrics/epoch-000001.json"), "{");
    for (Path checkpoint : checkpoints("a/trials/0001")) {
      if (checkpoint.toString().endsWith("000001-step-00000000.safetensors")) {
        Files.write(checkpoint, new byte[10]);
      }
    }

    CommandRun again = sweep("a", text);

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.log()).anyMatch(line -> line.contains("epoch-000001.json"));
    assertThat(rows("a/trials.json").get(1).path("parameters_sha256"))
        .isEqualTo(first.get(1).path("parameters_sha256"));
  }

  private CommandRun sweep(String name, String text, String... options) throws IOException {
    Path file = root.resolve(name + ".conf");
    Files.writeString(file, "sweep {\n base = tiny.conf\n " + text + "\n}\n");
    List<String> arguments = new ArrayList<>(List.of("sweep", file.toString()));
    arguments.addAll(List.of("--set", "sweep.dir=" + root.resolve(name)));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private List<JsonNode> rows(String file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve(file))) {
      rows.add(new ObjectMapper().readTree(line));
    }
    return rows;
  }

  private static JsonNode summary(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
  }

  private static String name(JsonNode row) {
    return String.format(Locale.ROOT, "%04d", row.path("trial").asInt());
  }

  private List<Path> checkpoints(String trial) {
    Path folder = root.resolve(trial + "/checkpoints");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
