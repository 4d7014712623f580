package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.dataset.EventFiles;

/** Recordings of an event camera, from their folder to a packed model that is evaluated. */
@ExtendWith(SparkSessionExtension.class)
class EventCommandsIT {
  @TempDir private static Path root;
  private static Path raw;
  private static TinyTraining tiny;
  private static CommandRun trained;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    raw = EventFiles.folder(root.resolve("raw"), 4400, 1200);
    Path file = root.resolve("events.conf");
    Files.writeString(
        file,
        """
        dataset {
          kind = recordings
          path = "%s"
          validation-fraction = 0.2
          recordings { cut = events, length = 400, step-train = 200, step-test = 400 }
          frames { split = time, size = 16, resize = nearest, values = log }
          cache-dir = "%s"
        }
        network { architecture = vggsnn, width-factor = 1/32, timesteps = 3 }
        train { epochs = 2, shards = 2, batch-size = 8 }
        """
            .formatted(raw, root.resolve("cache")));
    tiny = new TinyTraining(root, file);
    trained = tiny.train("run");
  }

  @Test
  void trainsAndTestsOnWindows() throws IOException {
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    assertThat(tiny.summary("run").get("dataset").textValue()).isEqualTo("recordings");
    assertThat(tiny.summary("run").get("test_confusion")).hasSize(2);
    assertThat(sum(tiny.summary("run").get("test_confusion"))).isEqualTo(6);
  }

  @Test
  void packedModelIsEvaluatedWithTheFramesThatItWasTrainedOn() throws IOException {
    CommandRun evaluation = evaluate();

    assertThat(evaluation.err()).isEmpty();
    JsonNode json = TinyTraining.json(evaluation.out());
    assertThat(json.get("accuracy")).isEqualTo(tiny.summary("run").get("test_accuracy"));
    assertThat(json.get("confusion")).isEqualTo(tiny.summary("run").get("test_confusion"));
    assertThat(json.get("firing_rates_by_timestep")).hasSameSizeAs(json.get("firing_rates"));
    assertThat(json.get("firing_rates_by_timestep")).allMatch(rates -> rates.size() == 3);
  }

  @Test
  void howEventsBecomeFramesIsTheModelsOwn() {
    evaluate("--set", "dataset.frames.size=32")
        .assertFailed(2, "--set dataset.frames.size=32: must be left out", "says itself");
  }

  @Test
  void trainsOnRawAndPreparedRecordingsAlike() throws IOException {
    Path prepared = root.resolve("prepared");
    CommandRun preparation =
        CommandRun.of("prepare", tiny.configuration().toString(), "--to", prepared.toString());
    CommandRun run = tiny.train("onPrepared", "--set", "dataset.path=" + prepared);

    assertThat(preparation.out()).contains("42 training and 6 test samples of 2 classes");
    assertThat(run.exitCode()).isZero();
    assertThat(tiny.bits("onPrepared")).isEqualTo(tiny.bits("run"));
    assertThat(CommandRun.of("inspect", prepared.toString()).out())
        .contains("windows of 400 events", "events-delta", "split_name        folders");
    tiny.train("x", "--set", "dataset.path=" + prepared, "--set", "dataset.recordings.length=300")
        .assertFailed(3, prepared.toString(), "expected a data set of windows of 300 events");
  }

  @Test
  void resumedRunHasTheBitsOfTheUninterruptedOne() throws IOException {
    String kept = "run.conf|fingerprint.json|metrics/epoch-000000.*|checkpoints/epoch-000001-.*";
    for (String file : tiny.files("run")) {
      if (file.matches(kept)) {
        Path copy = tiny.folder("resumed").resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(tiny.folder("run").resolve(file), copy);
      }
    }

    assertThat(tiny.train("resumed").exitCode()).isZero();
    assertThat(tiny.folder("resumed").resolve("run.log")).content().contains("Resuming in epoch 2");
    assertThat(tiny.bits("resumed")).isEqualTo(tiny.bits("run"));
    assertThat(tiny.metrics("resumed", 1)).isEqualTo(tiny.metrics("run", 1));
  }

  @Test
  void trainsWithOtherFramesWithoutPreparingAgain() throws IOException {
    try (var cached = Files.list(root.resolve("cache"))) {
      assertThat(cached).hasSize(1);
    }
    CommandRun run =
        tiny.train(
            "other",
            "--set",
            "dataset.frames.split=number",
            "--set",
            "dataset.frames.size=32",
            "--set",
            "network.timesteps=2",
            "--set",
            "train.epochs=1");

    assertThat(run.exitCode()).isZero();
    try (var cached = Files.list(root.resolve("cache"))) {
      assertThat(cached).hasSize(1);
    }
  }

  @Test
  void framesThatTheNetworkCannotTakeAreRefusedBeforeDataIsPrepared() throws IOException {
    List<String> cached = tiny.files("cache");
    tiny.train("x", "--set", "dataset.frames.size=24", "--set", "dataset.recordings.length=500")
        .assertFailed(2, "dataset.frames.size: input size of vggsnn: must be a multiple");
    assertThat(tiny.files("cache")).isEqualTo(cached);
  }

  @Test
  void damagedRecordingFailsOrIsLeftOutAsTheConfigurationSays() throws IOException {
    Path bad = EventFiles.folder(root.resolve("bad"), 4400, 1200);
    EventFiles.write(bad.resolve("train/a/more.aedat"), EventFiles.recording(0, 9, 1000));
    byte[] bytes = Files.readAllBytes(bad.resolve("train/a.aedat"));
    Files.write(bad.resolve("train/a.aedat"), Arrays.copyOf(bytes, 777));
    String path = "dataset.path=" + bad;
    String skip = "dataset.on-bad-file=skip";

    tiny.train("x", "--set", path)
        .assertFailed(3, "train/a.aedat: offset ", "the file is truncated");
    CommandRun skipping =
        CommandRun.of(
            "prepare",
            tiny.configuration().toString(),
            "--to",
            root.resolve("skipped").toString(),
            "--set",
            path,
            "--set",
            skip);

    assertThat(skipping.exitCode()).isZero();
    assertThat(skipping.out()).contains("1 file left out", "train/a.aedat");
    assertThat(skipping.log()).hasSize(1);
  }

  private static int sum(JsonNode confusion) {
    int sum = 0;
    for (JsonNode row : confusion) {
      for (JsonNode count : row) {
        sum += count.intValue();
      }
    }
    return sum;
  }

  private static CommandRun evaluate(String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("evaluate", tiny.folder("run").toString(), "--json"));
    arguments.addAll(List.of("--set", "dataset.path=" + raw));
    arguments.addAll(List.of("--set", "dataset.cache-dir=" + root.resolve("cache")));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
