package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.classify.Classifier;
import org.qsnn.picture.Png;
import org.qsnn.predict.SqlClassifier;

/** A model's answers for pictures, from a folder to files and in a query. */
@ExtendWith(SparkSessionExtension.class)
class PredictCommandIT {
  private static final int SIDE = 32;

  @TempDir private static Path root;
  private static TinyTraining tiny;
  private static Path prepared;

  /** Test samples as PNG files in folders of their classes. */
  private static Path pictures;

  /** Answers for the prepared set, by the name of a sample. */
  private static Map<String, Row> ofPrepared;

  private static CommandRun onPrepared;

  @BeforeAll
  static void trainAndAnswer(SparkSession spark) throws IOException {
    tiny = TinyTraining.in(root);
    CommandRun trained = tiny.train("run");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    prepared = root.resolve("prepared");
    CommandRun.of("prepare", tiny.configuration().toString(), "--to", prepared.toString());
    onPrepared = predict(prepared, "ofPrepared");
    ofPrepared = answers(spark, "ofPrepared");
    pictures = root.resolve("pictures");
    List<String> names = classNames();
    for (Row row : spark.read().parquet(prepared + "/test").collectAsList()) {
      Path file =
          pictures.resolve(names.get(row.getInt(1))).resolve("test-" + row.getLong(0) + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, png(row.getAs(2)));
    }
  }

  private static List<String> classNames() throws IOException {
    JsonNode names = TinyTraining.json(prepared.resolve("manifest.json")).get("class_names");
    return Stream.iterate(0, i -> i + 1)
        .limit(names.size())
        .map(i -> names.get(i).textValue())
        .toList();
  }

  private static byte[] png(byte[] planes) {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    int plane = SIDE * SIDE;
    for (int i = 0; i < plane; i++) {
      int rgb =
          (planes[i] & 0xFF) << 16
              | (planes[plane + i] & 0xFF) << 8
              | (planes[2 * plane + i] & 0xFF);
      picture.setRGB(i % SIDE, i / SIDE, rgb);
    }
    return Png.bytes(picture);
  }

  private static CommandRun predict(Path in, String to, String... options) {
    Stream<String> fixed =
        Stream.of(
            "predict",
            tiny.folder("run").toString(),
            "--in",
            in.toString(),
            "--to",
            root.resolve(to).toString());
    return CommandRun.of(Stream.concat(fixed, Stream.of(options)).toArray(String[]::new));
  }

  private static Map<String, Row> answers(SparkSession spark, String folder) {
    return spark.read().parquet(root.resolve(folder).toString()).collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), Function.identity()));
  }

  @Test
  void answersForAPreparedSetAreThoseOfTheRunsTest() throws IOException {
    assertThat(onPrepared.err()).isEmpty();
    assertThat(onPrepared.exitCode()).isZero();
    assertThat(onPrepared.out())
        .contains("of 52 whose label is known", "52 answered, 0 not answered");
    List<Row> test =
        ofPrepared.values().stream().filter(row -> row.getString(0).startsWith("test/")).toList();
    assertThat(test).hasSize(12);
    double correct = test.stream().filter(row -> row.get(1).equals(row.get(5))).count();
    assertThat(correct / 12).isEqualTo(tiny.summary("run").get("test_accuracy").doubleValue());
  }

  @Test
  void answersForPicturesAreThoseForTheSamplesThatTheyShow(SparkSession spark) throws IOException {
    CommandRun run = predict(pictures, "ofPictures");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("12 answered, 0 not answered");
    Map<String, Row> found = answers(spark, "ofPictures");
    assertThat(found).hasSize(12);
    found.forEach(
        (id, row) -> {
          Row expected = ofPrepared.get("test/" + id.replaceAll(".*-|[.]png", ""));
          for (int column = 1; column < row.length(); column++) {
            assertThat(row.get(column)).as(id).isEqualTo(expected.get(column));
          }
        });
  }

  @Test
  void filesAreInTheOrderOfTheirIdsAndEqualInEveryFormat(SparkSession spark) throws IOException {
    assertThat(predict(pictures, "asJson", "--format", "json").exitCode()).isZero();
    assertThat(predict(pictures, "asCsv", "--format", "csv").exitCode()).isZero();

    List<String> json = lines("asJson");
    List<String> csv = lines("asCsv");
    assertThat(csv.get(0))
        .startsWith("id,class,class_name,score_0,")
        .endsWith("decided_after,label");
    assertThat(json).hasSize(12).isSorted();
    assertThat(csv).hasSize(13);
    for (int i = 0; i < 12; i++) {
      JsonNode row = TinyTraining.json(json.get(i));
      assertThat(csv.get(i + 1))
          .startsWith(row.get("id").textValue() + "," + row.get("class").intValue() + ",");
      assertThat(row.get("scores")).hasSize(classNames().size());
    }
  }

  private static List<String> lines(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      Path part =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(part);
    }
  }

  @Test
  void brokenFilesAreNamedAndCountedAndAllOthersAnswered(SparkSession spark) throws IOException {
    Path folder = copyOfPictures("mixed");
    byte[] whole = Files.readAllBytes(anyPicture());
    Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("text.jpg"), "no picture");
    ImageIO.write(
        new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("large.png").toFile());
    Files.writeString(folder.resolve("notes.txt"), "passed over");

    CommandRun run = predict(folder, "ofMixed");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("not answered: "))
        .anyMatch(line -> line.contains("cut.png: offset "))
        .anyMatch(line -> line.contains("text.jpg: must be a PNG or JPEG file"))
        .anyMatch(line -> line.contains("large.png: must have the model's 32 × 32 pixels"));
    assertThat(run.out())
        .endsWith("12 answered, 3 not answered, 1 file of other kinds passed over\n");
    assertThat(answers(spark, "ofMixed")).hasSize(12);
    assertThat(predict(folder, "resized", "--resize").out())
        .contains("13 answered, 2 not answered");
  }

  @Test
  void whereNothingCanBeAnsweredNothingIsWritten() throws IOException {
    Path folder = Files.createDirectories(root.resolve("broken"));
    Files.writeString(folder.resolve("a.png"), "no picture");
    Files.writeString(folder.resolve("b.png"), "nor this");

    predict(folder, "ofBroken").assertFailed(3, "found 2 that cannot", "a.png");
    predict(Files.createDirectories(root.resolve("empty")), "ofBroken")
        .assertFailed(3, "must hold PNG, JPEG or CIFAR's .bin files");
    predict(root.resolve("missing"), "ofBroken").assertFailed(3, "missing");
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("ofBroken"));
    }
  }

  @Test
  void aFolderThatHoldsSomethingIsRefusedAndStays() throws IOException {
    Path target = Files.createDirectories(root.resolve("taken"));
    Files.writeString(target.resolve("mine"), "x");

    predict(pictures, "taken")
        .assertFailed(3, "must be a new or empty folder; found one with mine");
    assertThat(target.resolve("mine")).hasContent("x");
  }

  @Test
  void oneFileIsAnsweredInOneLine() throws IOException {
    Path picture = anyPicture();
    Row expected =
        ofPrepared.get("test/" + picture.getFileName().toString().replaceAll(".*-|[.]png", ""));

    CommandRun run =
        CommandRun.of("predict", tiny.folder("run").toString(), "--in", picture.toString());

    float score = expected.<Float>getList(3).get(expected.getInt(1));
    assertThat(run.out())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "%s: %s, %.2f%n",
                picture.getFileName(),
                expected.getString(2),
                score));
    CommandRun.of("predict", tiny.folder("run").toString(), "--in", pictures.toString())
        .assertFailed(2, "--to: must be given unless --in is a picture or recording");
  }

  @Test
  void recordsOfCifarFilesAreAnsweredPieceByPiece(SparkSession spark) throws IOException {
    byte[] record = new byte[3073];
    byte[] file = new byte[3073 * 501 + 100];
    for (int i = 0; i < 501; i++) {
      Arrays.fill(record, 1, 3073, (byte) i);
      System.arraycopy(record, 0, file, 3073 * i, 3073);
    }
    file[3073 * 7] = 77;
    Files.write(root.resolve("some.bin"), file);

    CommandRun run = predict(root.resolve("some.bin"), "ofRecords");

    assertThat(run.err())
        .contains("some.bin#7: label must be from 0 to 9 (CIFAR10); found 77")
        .contains("some.bin#501: must be a record of 3073 bytes (CIFAR10); found 100");
    assertThat(run.out()).endsWith("500 answered, 2 not answered\n");
    Map<String, Row> found = answers(spark, "ofRecords");
    assertThat(found).hasSize(500).containsKeys("some.bin#0", "some.bin#500");
    // Equal pictures, in another piece.
    assertThat(found.get("some.bin#500").<Float>getList(3))
        .isEqualTo(found.get("some.bin#" + (500 - 256)).<Float>getList(3));
  }

  @Test
  void aQueryAsksAsACommandDoes(SparkSession spark) throws IOException {
    Classifier classifier;
    try (var in =
        Files.newInputStream(Path.of(tiny.summary("run").get("model_file").textValue()))) {
      classifier = Classifier.load(in);
    }
    SqlClassifier.register(spark, "classify", classifier);
    Path folder = copyOfPictures("asked");
    Files.writeString(folder.resolve("bad.png"), "no picture");

    List<Row> rows =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .load(folder.toString())
            .selectExpr("path", "classify(content) AS a")
            .selectExpr("path", "a.class", "a.scores")
            .collectAsList();

    assertThat(rows).hasSize(13);
    for (Row row : rows) {
      if (row.getString(0).endsWith("bad.png")) {
        assertThat(row.isNullAt(1)).isTrue();
      } else {
        Row expected = ofPrepared.get("test/" + row.getString(0).replaceAll(".*-|[.]png", ""));
        assertThat(row.get(1)).isEqualTo(expected.get(1));
        assertThat(row.<Float>getList(2)).isEqualTo(expected.<Float>getList(3));
      }
    }
  }

  @Test
  void neuroBenchsMetricsAreWrittenToANewFile() throws IOException {
    Path file = root.resolve("neurobench.json");
    CommandRun run = tiny.evaluate(tiny.folder("run").toString(), "--neurobench", file.toString());

    assertThat(run.exitCode()).isZero();
    JsonNode metrics = TinyTraining.json(file);
    assertThat(tiny.folder("run").resolve("neurobench.json")).hasSameBinaryContentAs(file);
    assertThat(metrics.get("ClassificationAccuracy"))
        .isEqualTo(tiny.summary("run").get("test_accuracy"));
    JsonNode operations = metrics.get("SynapticOperations");
    assertThat(operations.get("Effective_MACs").doubleValue()).isPositive();
    assertThat(
            operations.get("Effective_MACs").doubleValue()
                + operations.get("Effective_ACs").doubleValue())
        .isLessThan(operations.get("Dense").doubleValue());
    tiny.evaluate(tiny.folder("run").toString(), "--neurobench", file.toString())
        .assertFailed(3, "neurobench.json: must be a new file");
  }

  @Test
  void aModelIsExportedToANewFile() throws IOException {
    Path file = root.resolve("f32.safetensors");
    String[] command = {
      "export", tiny.folder("run").toString(), "--to", "safetensors", "--out", file.toString()
    };
    CommandRun run = CommandRun.of(command);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains(Files.size(file) + " bytes, sha256 ");
    CommandRun.of(command).assertFailed(3, "f32.safetensors: already exists");
  }

  @Test
  void theModelsCardSaysWhatItIs() throws IOException {
    Path card = tiny.folder("run").resolve("model/README.md");
    Path model = Path.of(tiny.summary("run").get("model_file").textValue());
    String sha256 = Files.readString(Path.of(model + ".sha256")).substring(0, 64);

    assertThat(Files.readString(card))
        .startsWith("# resnet19 on synthetic\n")
        .contains(
            "| test samples | 12 |",
            String.format(
                Locale.ROOT,
                "| test accuracy | %.4f |",
                tiny.summary("run").get("test_accuracy").doubleValue()),
            "| SHA-256 of " + model.getFileName() + " | " + sha256 + " |",
            "## Limits");
  }

  private static Path anyPicture() throws IOException {
    try (Stream<Path> files = Files.walk(pictures)) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  private static Path copyOfPictures(String name) throws IOException {
    Path copy = Files.createDirectories(root.resolve(name));
    try (Stream<Path> files = Files.walk(pictures)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(pictures.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return copy;
  }
}
