package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;

/** A run that is validated and tested with mirror images, beside one that is not. */
@ExtendWith(SparkSessionExtension.class)
class TestMirrorIT {
  private static final String PHRASE = ", samples also shown mirrored";

  @TempDir private static Path root;
  private static TinyTraining tiny;
  private static CommandRun mirrored;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    assertThat(tiny.train("once").exitCode()).isZero();
    mirrored = tiny.train("both", "--set", "train.test-mirror=on");
  }

  @Test
  void mirrorImagesChangeWhatIsMeasuredNotWhatIsLearned() throws IOException {
    JsonNode once = tiny.metrics("once", 1);
    JsonNode both = tiny.metrics("both", 1);

    assertThat(both.get("parameters_sha256")).isEqualTo(once.get("parameters_sha256"));
    assertThat(both.get("loss")).isEqualTo(once.get("loss"));
    String chances = "/layers/0/validation_neuron_timesteps";
    assertThat(both.at(chances).longValue()).isEqualTo(2 * once.at(chances).longValue());
  }

  @Test
  void evaluationWithMirrorImagesIsTheRunsTest() throws IOException {
    Path counts = root.resolve("counts.json");
    CommandRun evaluation =
        evaluate("both", "--mirror", "--json", "--neurobench", counts.toString());

    JsonNode answer = TinyTraining.json(evaluation.out());
    assertThat(answer.get("accuracy")).isEqualTo(tiny.summary("both").get("test_accuracy"));
    assertThat(answer.get("test_mirror").booleanValue()).isTrue();
    assertThat(answer.get("confusion")).isEqualTo(tiny.summary("both").get("test_confusion"));
    assertThat(counts).hasSameBinaryContentAs(tiny.folder("both").resolve("neurobench.json"));
    JsonNode plain = TinyTraining.json(evaluate("both", "--json").out());
    assertThat(plain.has("test_mirror")).isFalse();
    JsonNode alone = TinyTraining.json(evaluate("both", "--mirror", "--json").out());
    assertThat(alone).isEqualTo(answer);
    assertThat(alone.get("loss")).isNotEqualTo(plain.get("loss"));
  }

  @Test
  void whatSaysTheAccuracySaysThatItIsOfMirrorImagesToo() throws IOException {
    assertThat(mirrored.out()).contains(PHRASE);
    assertThat(evaluate("both", "--mirror").out()).contains(PHRASE);
    assertThat(evaluate("both").out()).doesNotContain(PHRASE);
    assertThat(tiny.folder("both").resolve("model/README.md"))
        .content()
        .containsPattern("[|] test accuracy [|] 0[.]\\d{4}" + PHRASE + " [|]");
    assertThat(tiny.folder("both").resolve("report.html")).content().contains(PHRASE);
    assertThat(tiny.summary("both").get("test_mirror").booleanValue()).isTrue();

    assertThat(tiny.folder("once").resolve("model/README.md")).content().doesNotContain(PHRASE);
    assertThat(tiny.folder("once").resolve("report.html")).content().doesNotContain(PHRASE);
    assertThat(tiny.summary("once").has("test_mirror")).isFalse();
  }

  @Test
  void integerRunnerIsComparedWithoutMirrorImages() {
    tiny.evaluate(tiny.folder("both").toString(), "--mirror", "--runner", "integer")
        .assertFailed(2, "--mirror: must come without --runner integer");
  }

  private static CommandRun evaluate(String run, String... options) {
    CommandRun evaluation = tiny.evaluate(tiny.folder(run).toString(), options);
    assertThat(evaluation.err()).isEmpty();
    return evaluation;
  }
}
