package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.dataset.EventFiles;
import org.qsnn.notebook.Note;
import org.qsnn.notebook.NoteRun;
import org.qsnn.notebook.NoteSchemas;
import org.qsnn.picture.Png;

/** Every paragraph of every note, on runs and sweeps of seconds. */
@ExtendWith(SparkSessionExtension.class)
class NotebooksIT {
  private static final String IMAGES = "runs/images";
  private static final String EVENTS = "runs/events";

  @TempDir private static Path root;
  private static TinyTraining tiny;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    require(tiny.train(IMAGES));
    require(new TinyTraining(root, events()).train(EVENTS));
    sweep(
        "search",
        "space { train.learning-rate = [0.05, 0.1], network.membrane-bits = [2, 8] },"
            + " search = grid, halving { eta = 2, first-epochs = 1 },"
            + " objectives = [validation-accuracy, membrane-bytes], test = front");
    sweep(
        "ablation",
        "cases = [ { name = plain, ws-dr { weight-regulation = off, spike-regulation = off } },"
            + " { name = ws-dr, ws-dr.weight-regulation = on } ], search = grid, repeat = 2,"
            + " set { train.epochs = 1 }, test = none");
  }

  private static Path events() throws IOException {
    Path raw = EventFiles.folder(root.resolve("raw"), 1200, 800);
    return Files.writeString(
        root.resolve("events.conf"),
        """
        dataset {
          kind = recordings
          path = "%s"
          validation-fraction = 0.2
          recordings { cut = events, length = 200, step-train = 200, step-test = 400 }
          frames { split = time, size = 16, resize = nearest, values = log }
          cache-dir = "%s"
        }
        network { architecture = vggsnn, width-factor = 1/32, timesteps = 3 }
        train { epochs = 1, shards = 2, batch-size = 4 }
        """
            .formatted(raw, root.resolve("cache")));
  }

  private static void sweep(String name, String text) throws IOException {
    Path file = root.resolve(name + ".conf");
    Files.writeString(file, "sweep {\n base = tiny.conf\n " + text + "\n}\n");
    require(CommandRun.of("sweep", file.toString(), "--set", "sweep.dir=" + root.resolve(name)));
  }

  private static void require(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static String folder(String name) {
    return root.resolve(name).toString();
  }

  private static NoteRun run(SparkSession spark, String note, Map<String, String> forms) {
    return NoteRun.of(Note.named(note), spark, forms);
  }

  /** A key that is renamed where it is written is missed here. */
  @Test
  void schemasNameWhatFilesHold() {
    Map<String, Path> examples =
        Map.of(
            "/metrics", root.resolve(IMAGES + "/metrics/epoch-000000.json"),
            "epoch-*.json", root.resolve(IMAGES + "/metrics/epoch-000000.json"),
            "summary.json", root.resolve(IMAGES + "/summary.json"),
            "trials.json", root.resolve("search/trials.json"),
            "front.json", root.resolve("search/front.json"));
    for (Note note : Note.all()) {
      NoteSchemas.requireAllIn(note, examples);
    }
  }

  @Test
  void startHereListsTheRunsOfAFolder(SparkSession spark) throws IOException {
    NoteRun note = run(spark, "1-", Map.of("runs", folder("runs")));

    assertThat(note.table("Runs"))
        .extracting(row -> row.get("run"))
        .containsExactlyInAnyOrder("images", "events");
    assertThat(note.table("Runs"))
        .filteredOn(row -> row.get("run").equals("images"))
        .allSatisfy(
            row ->
                assertThat(row)
                    .containsEntry("architecture", "resnet19")
                    .containsEntry("dataset", "synthetic")
                    .containsEntry("bits", "1w8u")
                    .containsEntry("epochs", "2")
                    .containsEntry("test_accuracy", summary(IMAGES, "test_accuracy")));
    assertThat(note.svg("Validation accuracy", "path")).isEqualTo(2);
    assertThat(note.svg("Size and accuracy", "circle")).isEqualTo(2);
  }

  @Test
  void startHereShowsRunsThatAreNotFinished(SparkSession spark) throws IOException {
    Path run = Files.createDirectories(root.resolve("begun/a/metrics"));
    Files.copy(root.resolve(IMAGES + "/run.conf"), run.resolveSibling("run.conf"));
    String first = "epoch-000000.json";
    Files.copy(root.resolve(IMAGES + "/metrics/" + first), run.resolve(first));

    NoteRun note = run(spark, "1-", Map.of("runs", folder("begun")));

    assertThat(note.table("Runs")).hasSize(1);
    assertThat(note.table("Runs").get(0)).containsEntry("epochs", "1");
    assertThat(note.table("Runs").get(0)).containsEntry("test_accuracy", "null");
    assertThat(note.output("Size and accuracy")).contains("Nothing to draw");
  }

  @Test
  void oneRunShowsCurvesAndConfusion(SparkSession spark) throws IOException {
    NoteRun note = run(spark, "2-", Map.of("run", folder(IMAGES)));

    assertThat(note.table("How it ended")).hasSize(1);
    assertThat(note.table("How it ended").get(0))
        .containsEntry("network", "resnet19")
        .containsEntry("epochs", "2")
        .containsEntry("test_accuracy", summary(IMAGES, "test_accuracy"));
    for (String picture : List.of("Accuracy", "Surrogate")) {
      assertThat(note.svg(picture, "path")).as(picture).isEqualTo(2);
    }
    assertThat(note.svg("Loss", "path")).isEqualTo(3);
    assertThat(note.svg("Time", "path")).isEqualTo(4);
    assertThat(note.output("Accuracy")).contains("training, augmented", "data-name");
    assertThat(note.svg("Confusion", "tr")).isEqualTo(11);
    assertThat(note.output("Confusion")).contains("checkerboard");
    assertThat(note.table("Most frequent mistakes").get(0))
        .containsOnlyKeys("label", "prediction", "samples", "percent_of_label");
  }

  @Test
  void layersShowsSpikesSignsAndTheModel(SparkSession spark) throws IOException {
    NoteRun note = run(spark, "3-", Map.of("run", folder(IMAGES), "epoch", "0"));

    assertThat(note.svg("Spikes", "rect")).isEqualTo(16);
    assertThat(note.svg("Signs", "rect")).isEqualTo(16);
    assertThat(note.table("Rates beside the paper's, numbers")).hasSize(8);
    assertThat(note.table("Rates beside the paper's, numbers").get(0))
        .containsEntry("paper_with", "0.3")
        .containsEntry("paper_without", "0.2");
    int layers = tiny.metrics(IMAGES, 0).path("layers").size();
    assertThat(note.svg("Rates over epochs", "rect")).isEqualTo(2 * layers);
    assertThat(note.svg("Latent weights", "svg"))
        .isEqualTo(tiny.metrics(IMAGES, 0).path("weights").size());
    List<Map<String, String>> model = note.table("Packed model");
    assertThat(model.get(0)).containsEntry("bits", "8").containsEntry("negative", "null");
    long packed = model.stream().mapToLong(row -> Long.parseLong(row.get("packed_bytes"))).sum();
    assertThat(packed).isLessThanOrEqualTo(Long.parseLong(summary(IMAGES, "model_bytes")));
    assertThat(model)
        .filteredOn(row -> row.get("bits").equals("1"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(Long.parseLong(row.get("positive"))).isPositive());
    assertThat(note.table("Scales").get(0)).containsOnlyKeys("exponent", "channels");
  }

  @Test
  void sizeShowsOwnRunsBesideThePaper(SparkSession spark) throws IOException {
    NoteRun note = run(spark, "4-", Map.of("runs", folder("runs"), "run", folder(IMAGES)));

    assertThat(note.svg("Size and accuracy", "circle")).isEqualTo(2 + 7);
    assertThat(note.table("Bits and accuracy")).hasSize(2);
    assertThat(note.table("Memory of all layers, numbers"))
        .extracting(row -> row.get("bits"))
        .containsExactly("32w32u", "1w8u", "1w4u", "1w2u");
    assertThat(note.table("Memory as Table 2 counts").get(0))
        .containsEntry("bits", "32w32u")
        .containsEntry("paper_256", "184.49");
    double packed = Double.parseDouble(summary(IMAGES, "model_bytes")) / 1e6;
    assertThat(note.table("Memory of all layers, numbers").get(3).get("weights_mb"))
        .isEqualTo(Double.toString(packed));
    assertThat(note.svg("Memory of all layers", "rect")).isEqualTo(8);
  }

  @Test
  void ablationComparesCases(SparkSession spark) {
    NoteRun note = run(spark, "5-", Map.of("sweep", folder("ablation")));

    assertThat(note.table("Differences"))
        .extracting(row -> row.get("name"))
        .containsExactly("plain", "ws-dr");
    assertThat(note.table("Differences").get(0))
        .containsEntry("trials", "2")
        .containsEntry("to_the_first", "0.0");
    assertThat(note.svg("Accuracy", "rect")).isEqualTo(2);
    assertThat(note.svg("Paper", "rect")).isEqualTo(3);
    assertThat(note.output("Paper")).contains("95.2");
  }

  @Test
  void sweepShowsFrontRungsAndEffects(SparkSession spark) throws IOException {
    NoteRun note =
        run(
            spark,
            "6-",
            Map.of("sweep", folder("search"), "x", "membrane_bytes", "key", "train.learning-rate"));

    int front = Files.readAllLines(root.resolve("search/front.json")).size();
    assertThat(note.table("Front, numbers")).hasSize(front);
    assertThat(note.table("Trials")).hasSize(4);
    assertThat(note.svg("Front", "circle")).isEqualTo(4);
    assertThat(note.output("Front")).contains("membrane bytes");
    assertThat(note.svg("Rungs", "path")).isEqualTo(4);
    assertThat(
            note.table("Rungs, numbers").stream()
                .mapToInt(row -> Integer.parseInt(row.get("trials")))
                .sum())
        .isEqualTo(4);
    assertThat(note.svg("Effects", "rect")).isEqualTo(2);
    assertThat(note.output("Effects")).contains("0.05", "2 trials");
  }

  @Test
  void eventsShowsFramesAndRatesOverTime(SparkSession spark) throws IOException {
    NoteRun note = run(spark, "7-", Map.of("run", folder(EVENTS), "sample", "1"));

    assertThat(note.svg("Frames", "svg")).isEqualTo(1);
    assertThat(note.svg("Frames", "rect")).isEqualTo(3);
    assertThat(note.svg("Frames", "path")).isGreaterThanOrEqualTo(6);
    assertThat(note.output("Frames")).contains("Test sample 1: ", "3 frames of 16 × 16 pixels");
    int layers =
        TinyTraining.json(root.resolve(EVENTS + "/metrics/epoch-000000.json"))
            .path("layers")
            .size();
    assertThat(note.svg("Rates over time", "rect")).isEqualTo(3 * layers);
    assertThat(note.svg("Mean rate", "rect")).isEqualTo(3);
    assertThat(note.svg("Rates over time and epochs", "path")).isEqualTo(3);
  }

  private static String summary(String run, String key) throws IOException {
    return tiny.summary(run).path(key).asText();
  }

  @Test
  void useAModelAnswersForPictures(SparkSession spark) throws IOException {
    Path pictures = Files.createDirectories(root.resolve("pictures/below"));
    for (int i = 0; i < 3; i++) {
      BufferedImage picture = new BufferedImage(32 + i, 32, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(i, i, 0xFFFFFF);
      Files.write(pictures.resolve(i + ".png"), Png.bytes(picture));
    }
    Files.writeString(pictures.resolve("bad.png"), "no picture");

    NoteRun note = run(spark, "8-", Map.of("run", folder(IMAGES), "pictures", folder("pictures")));

    assertThat(note.table("Answers"))
        .extracting(row -> row.get("picture"))
        .containsExactly("0.png", "1.png", "2.png");
    assertThat(note.table("Doubt")).hasSize(3);
    assertThat(note.table("Not answered"))
        .extracting(row -> row.get("picture"))
        .containsExactly("bad.png");
    assertThat(note.svg("Classes", "rect")).isPositive();
  }
}
