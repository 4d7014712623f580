package org.qsnn.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.model.Footprint;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.run.Examples;
import org.qsnn.run.RunReport;

class InspectionTest {
  @TempDir Path directory;
  private LocalFiles files;

  @BeforeEach
  void open() {
    files = new LocalFiles(directory);
  }

  private String text(String path) {
    return String.join("\n", Inspection.of(files, path).text());
  }

  private JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(Inspection.of(files, path).json());
  }

  @Test
  void aPackedModelShowsItsSizesAndLayers() throws IOException {
    files.write("named/misleadingly.json", ModelExamples.bytes(model()));

    assertThat(text("named/misleadingly.json"))
        .isEqualTo(
            """
            packed model  named/misleadingly.json
            network       vggsnn of width 1
            classes       10
            input         2×16×16, 2 timesteps
            weights       regulated, 2,487 parameters
            as float32    0.0099 MB
            packed        0.0008 MB, 91.5 % saved
            membrane      0.0016 MB a sample at 8 bits, 0.0064 MB as float32
            both          weights and membrane, 85.0 % saved
            file          0.0068 MB

            layer      shape  form         parameters  packed bytes  exponents
            convs.0  1×2×3×3  8 bits               21            30
            convs.1  2×1×3×3  1 bit · 2^e          24            21    -2 … -1
            convs.2  4×2×3×3  1 bit · 2^e          84            45    -3 … -1
            convs.3  4×4×3×3  1 bit · 2^e         156            54    -3 … -1
            convs.4  8×4×3×3  1 bit · 2^e         312           108    -3 … -1
            convs.5  8×8×3×3  1 bit · 2^e         600           144    -3 … -1
            convs.6  8×8×3×3  1 bit · 2^e         600           144    -3 … -1
            convs.7  8×8×3×3  1 bit · 2^e         600           144    -3 … -1
            fc          10×8  8 bits               90           124

            input
              clip      1.0
              duration  10000
              kind      events
              resize    area
              split     number
              values    log

            classes
              class 0, class 1, class 2, class 3, class 4, class 5, class 6, class 7, class 8, class 9

            provenance
              dataset  synthetic
              epoch    3\
            """);
  }

  @Test
  void aPackedModelsJsonAgreesWithItsFootprint() throws IOException {
    byte[] bytes = ModelExamples.bytes(model());
    files.write("m", bytes);
    Footprint footprint = Footprint.of(model().spec());
    JsonNode json = json("m");

    assertThat(json.get("what").textValue()).isEqualTo("packed-model");
    assertThat(json.get("parameters").longValue()).isEqualTo(footprint.parameters());
    assertThat(json.get("packed_bytes").longValue()).isEqualTo(footprint.packedBytes());
    assertThat(json.get("file_bytes").longValue()).isEqualTo(bytes.length);
    assertThat(json.get("weights_and_membrane_saved_percent").doubleValue())
        .isCloseTo(100 * footprint.withMembraneBits(8).saving(), within(1e-9));
    assertThat(json.at("/layers/1/form").textValue()).isEqualTo("binary-exponent");
    assertThat(json.at("/layers/7/exponent_min").intValue()).isEqualTo(-3);
    assertThat(json.at("/layers/7/exponent_max").intValue()).isEqualTo(-1);
    assertThat(json.at("/layers/0/exponent_min").isNull()).isTrue();
    assertThat(json.at("/provenance/dataset").textValue()).isEqualTo("synthetic");
  }

  @Test
  void everyWeightSchemeCanBeShown() throws IOException {
    files.write("plain", ModelExamples.bytes(ModelExamples.model(WeightScheme.PLAIN)));
    files.write("float", ModelExamples.bytes(ModelExamples.model(WeightScheme.FLOAT)));

    assertThat(text("plain")).contains("1 bit · float").doesNotContain("…");
    assertThat(text("float")).contains("float32").doesNotContain("8 bits\n");
  }

  @Test
  void aCheckpointShowsWhereItsTrainingIs() throws IOException {
    files.write("step-105", ModelExamples.checkpoint());

    assertThat(text("step-105"))
        .isEqualTo(
            """
            checkpoint  step-105
            parameters  118
            as float32  0.0005 MB
            file        0.0021 MB

            training state
              best-accuracy  0.875
              best-epoch     1
              epoch          2
              step           5
              steps          105

            latent parameter    shape  parameters  bytes
            stem.conv.weight  4×3×3×3         108    432
            fc.bias                10          10     40

            provenance
              seed  1\
            """);
    assertThat(json("step-105").at("/state/step").textValue()).isEqualTo("5");
    assertThat(json("step-105").get("parameters").longValue()).isEqualTo(118);
  }

  @Test
  void aFinishedRunShowsItsEndAndItsModel() throws IOException {
    writeRun("run");
    new RunReport((name, bytes) -> files.write("run/" + name, bytes))
        .summary(Examples.summary(0.5, 0.25));

    assertThat(text("run"))
        .contains("state            finished\nepochs measured  1\n")
        .contains("checkpoints      1, newest epoch-000002.safetensors\n")
        .containsPattern("\n  test_accuracy +0.25\n")
        .containsPattern("\n  test_confusion +list of 2\n")
        .contains("packed model  run/model/best.safetensors\n")
        .containsPattern("\n  native_classifier +linux-x86_64-onednn-avx2\n");
    JsonNode json = json("run");
    assertThat(json.get("finished").booleanValue()).isTrue();
    assertThat(json.at("/summary/best_epoch").intValue()).isEqualTo(6);
    assertThat(json.at("/models/0/what").textValue()).isEqualTo("packed-model");
    assertThat(json.at("/last_epoch/epoch").intValue()).isEqualTo(2);
  }

  @Test
  void aRunThatOnlyStartedSaysSo() {
    files.write("run/run.conf", "a = 1".getBytes(UTF_8));

    assertThat(text("run"))
        .isEqualTo(
            """
            run              run
            state            not finished: no summary.json
            epochs measured  0
            checkpoints      0\
            """);
  }

  @Test
  void aDataSetShowsItsManifest() throws IOException {
    files.write(
        "data/manifest.json",
        """
        {"format": "qsnn-dataset", "version": 1, "class_names": ["cat", "dog"],
         "train": {"samples": 40, "files": [{"path": "train/a.parquet"}]}}
        """
            .getBytes(UTF_8));

    assertThat(text("data"))
        .isEqualTo(
            """
            data set  data

            manifest
              format         qsnn-dataset
              version        1
              class_names    cat dog
              train.samples  40
              train.files    list of 1\
            """);
    assertThat(json("data").at("/manifest/train/samples").intValue()).isEqualTo(40);
  }

  @Test
  void aFolderOfClassesIsListedClassByClass() throws IOException {
    for (String file :
        List.of("train/cat/1.jpg", "train/cat/2.JPG", "train/dog/1.png", "train/dog/Thumbs.db")) {
      files.write("pets/" + file, new byte[0]);
    }
    files.write("pets/test/cat/3.png", new byte[0]);
    files.write("pets/readme", new byte[0]);

    assertThat(text("pets"))
        .isEqualTo(
            """
            folder                   pets
            pictures and recordings  4

            folder     files  endings
            test/cat       1  png 1
            train/cat      2  jpg 2
            train/dog      2  db 1, png 1\
            """);
    assertThat(json("pets").at("/folders/2/files/db").intValue()).isEqualTo(1);
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    byte[] damaged = ModelExamples.bytes(model());
    damaged[damaged.length - 1] ^= 1;
    files.write("model", damaged);
    files.write("run/run.conf", new byte[0]);
    files.write("run/summary.json", "{\"command\": \"tra".getBytes(UTF_8));
    files.write("data/manifest.json", "[]".getBytes(UTF_8));

    assertThatThrownBy(() -> text("model"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("model: damaged tensor");
    assertThatThrownBy(() -> text("run"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("run/summary.json: expected JSON, found a damaged file");
    assertThatThrownBy(() -> text("data"))
        .isInstanceOf(DataException.class)
        .hasMessage("data/manifest.json: expected a JSON object, found something else");
  }

  @Test
  void whatIsNoneOfOursIsSaidToBe() {
    files.write("notes.txt", "just some text".getBytes(UTF_8));
    files.write("empty", new byte[0]);
    files.write("folder/a.txt", new byte[0]);
    files.write("other/manifest.json", "{\"name\": 1}".getBytes(UTF_8));

    assertThatThrownBy(() -> text("notes.txt"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "notes.txt: expected a packed model, a checkpoint, a run directory");
    assertThatThrownBy(() -> text("empty"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found 0");
    assertThatThrownBy(() -> text("folder"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "folder: expected a run directory (with run.conf) or a data set (with manifest.json),"
                + " found a folder with a.txt");
    assertThatThrownBy(() -> text("other"))
        .isInstanceOf(DataException.class)
        .hasMessage("other/manifest.json: format: expected qsnn-dataset, found none");
    assertThatThrownBy(() -> text("missing")).isInstanceOf(DataException.class);
  }

  private static PackedModel model() {
    return ModelExamples.model(WeightScheme.REGULATED);
  }

  private void writeRun(String name) throws IOException {
    RunReport report = new RunReport((file, bytes) -> files.write(name + "/" + file, bytes));
    report.configuration("train.epochs = 3");
    files.write(name + "/fingerprint.json", Examples.fingerprintFile());
    report.epoch(Examples.epoch(0.5, 0.25));
    files.write(name + "/checkpoints/epoch-000002.safetensors", ModelExamples.checkpoint());
    files.write(name + "/model/best.safetensors", ModelExamples.bytes(model()));
  }
}
