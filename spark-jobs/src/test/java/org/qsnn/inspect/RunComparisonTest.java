package org.qsnn.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;

class RunComparisonTest {
  @TempDir private Path root;
  private LocalFiles files;

  @BeforeEach
  void writeTwoRuns() {
    files = new LocalFiles(root);
    for (String run : List.of("a", "b")) {
      for (int epoch = 0; epoch < 3; epoch++) {
        files.write(run + "/metrics/epoch-00000" + epoch + ".json", row(epoch).getBytes(UTF_8));
      }
      files.write(run + "/fingerprint.json", fingerprint().getBytes(UTF_8));
      files.write(
          run + "/summary.json",
          "{\"test_accuracy\": 0.5, \"seconds\": 1.0, \"model_file\": \"x\", \"test_confusion\": [[1]]}"
              .getBytes(UTF_8));
    }
  }

  private static String row(int epoch) {
    return String.format(
        Locale.ROOT,
        """
    {"epoch": %d, "loss": 1.5, "validation_accuracy": 0.5, "learning_rate": 0.1,
     "samples_per_s": 3.5, "seconds": {"total": 2.0},
     "layers": [{"name": "stem", "firing_rate": 0.25, "sign_flips": 3},
                {"name": "lif2", "firing_rate": 0.75, "sign_flips": 4}],
     "parameters_sha256": "ee",
     "parameters": [{"name": "stem.conv.weight", "sha256": "ab"},
                    {"name": "fc.bias", "sha256": "cd"}]}
    """,
        epoch);
  }

  private static String fingerprint() {
    return """
    {"code_sha256": "c1", "data_sha256": "d1", "native_classifier": "avx2",
     "cpu_features": ["avx", "fma"], "cpu_cores": 2}
    """;
  }

  @Test
  void runsThatDifferInTimesAndPathsAreEqual() throws IOException {
    change("b/metrics/epoch-000001.json", "3.5", "4.5");
    change("b/metrics/epoch-000001.json", "\"total\": 2.0", "\"total\": 3.0");
    change("b/summary.json", "\"x\"", "\"y\"");
    change("b/fingerprint.json", "\"cpu_cores\": 2", "\"cpu_cores\": 4");

    assertThat(compare().isEqual()).isTrue();
    assertThat(compare().text()).containsExactly("a and b are equal: 3 epochs and the test");
  }

  @Test
  void namesTheFirstEpochLayerAndQuantity() throws IOException {
    change("b/metrics/epoch-000001.json", "0.75", "0.625");
    change("b/metrics/epoch-000001.json", "1.5", "1.25");
    change("b/metrics/epoch-000001.json", "\"ab\"", "\"ff\"");
    change("b/metrics/epoch-000002.json", "0.25", "0.5");

    assertThat(compare().isEqual()).isFalse();
    assertThat(compare().text())
        .containsExactly(
            "they differ in  metrics/epoch-000001.json",
            "layer           lif2",
            "quantity        firing_rate",
            "a               0.75",
            "b               0.625",
            "also            2 more values of this file",
            "",
            "possible reasons",
            "  nothing in their fingerprints: other executors, failing hardware or a bug in qsnn");
  }

  @Test
  void namesTheTensorIfNothingBeforeItDiffers() throws IOException {
    change("b/metrics/epoch-000002.json", "\"cd\"", "\"ff\"");
    change("b/metrics/epoch-000002.json", "\"ee\"", "\"ff\"");
    change("b/metrics/epoch-000002.json", "0.5", "0.25");
    change("b/metrics/epoch-000002.json", "\"sign_flips\": 3", "\"sign_flips\": 2");

    JsonNode first = json().at("/differences/0");
    assertThat(first.get("file").textValue()).isEqualTo("metrics/epoch-000002.json");
    assertThat(first.get("layer").textValue()).isEqualTo("fc.bias");
    assertThat(first.get("quantity").textValue()).isEqualTo("sha256");
    assertThat(json().get("differences")).hasSize(4);
  }

  @Test
  void saysWhatTheFingerprintsAndConfigurationsTell() throws IOException {
    change("b/metrics/epoch-000000.json", "0.1", "0.2");
    change("b/fingerprint.json", "\"c1\"", "\"c2\"");
    change("b/fingerprint.json", "\"d1\"", "\"d2\"");
    change("b/fingerprint.json", "avx2", "avx512");
    change("b/fingerprint.json", ", \"fma\"", "");
    RunComparison comparison =
        RunComparison.of(files, "a", "b", List.of("train.learning-rate: 0.1, there 0.2"));

    assertThat(comparison.text())
        .contains("layer           all", "quantity        learning_rate")
        .containsSubsequence(
            "possible reasons",
            "  another configuration: train.learning-rate: 0.1, there 0.2",
            "  other data: data_sha256: \"d1\", there \"d2\"",
            "  other code: code_sha256: \"c1\", there \"c2\"",
            "  another native build: native_classifier: \"avx2\", there \"avx512\"",
            "  other CPU features: cpu_features: [\"avx\",\"fma\"], there [\"avx\"]");
  }

  @Test
  void equalRunsOfOtherOriginSaySo() throws IOException {
    change("b/fingerprint.json", "\"c1\"", "\"c2\"");

    assertThat(compare().text())
        .containsExactly(
            "a and b are equal: 3 epochs and the test",
            "",
            "although they had",
            "  other code: code_sha256: \"c1\", there \"c2\"");
  }

  @Test
  void runThatWasResumedWithOtherCodeIsTold() throws IOException {
    change("b/metrics/epoch-000001.json", "0.75", "0.625");
    files.write(
        "b/fingerprint-0002.json", fingerprint().replace("\"c1\"", "\"c2\"").getBytes(UTF_8));

    assertThat(compare().text())
        .endsWith(
            "possible reasons",
            "  b was resumed with other code: code_sha256: \"c2\", before \"c1\"");
  }

  @Test
  void epochThatOneRunHasNotIsADifference() throws IOException {
    Files.delete(root.resolve("b/metrics/epoch-000001.json"));

    assertThat(compare().text())
        .contains("they differ in  metrics/epoch-000001.json", "b               missing");
    assertThat(json().at("/differences/0/other").isNull()).isTrue();
  }

  @Test
  void runsThatPartInTheirTestDiffer() throws IOException {
    change("b/summary.json", "[[1]]", "[[2]]");
    assertThat(compare().text())
        .contains("quantity        test_confusion", "b               [[2]]");

    Files.delete(root.resolve("b/summary.json"));
    assertThat(compare().text())
        .contains("they differ in  summary.json", "b               missing");

    Files.delete(root.resolve("a/summary.json"));
    assertThat(compare().text()).containsExactly("a and b are equal: 3 epochs, not finished");
  }

  @Test
  void folderThatHoldsNoRunIsNamed() {
    files.write("other/x", new byte[0]);

    for (String path : List.of("other", "other/x")) {
      assertThatThrownBy(() -> RunComparison.of(files, "a", path, List.of()))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(path + ": expected the folder of a run");
    }
  }

  private RunComparison compare() {
    return RunComparison.of(files, "a", "b", List.of());
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(compare().json());
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = root.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }
}
