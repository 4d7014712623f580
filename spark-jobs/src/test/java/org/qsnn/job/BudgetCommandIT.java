package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.config.RunConfig;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;
import org.qsnn.training.ConfigurationFile;

/** Bits by layer under a budget, and the training that goes on with them. */
@ExtendWith(SparkSessionExtension.class)
class BudgetCommandIT {
  @TempDir static Path root;
  private static TinyTraining training;

  private final FileStore files = FileStore.of(new Configuration());

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    training = TinyTraining.in(root);
    CommandRun run = training.train("a", "--set", "network.timesteps=2");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void theChosenBitsFitAndAreTrainedOnFromTheRunsWeights() throws IOException {
    Path file = root.resolve("small.conf");
    JsonNode whole = json(budget("--max-bytes", "1000000", "--to", root + "/all.conf", "--json"));
    long weights = whole.get("weight_bytes").asLong();
    long eight = candidate(whole, "trained").get("membrane_bytes").asLong();
    long most = weights + eight / 2;
    JsonNode json =
        json(budget("--max-bytes", Long.toString(most), "--to", file.toString(), "--json"));

    JsonNode chosen = candidate(json, "chosen");
    assertThat(weights + chosen.get("membrane_bytes").asLong()).isLessThanOrEqualTo(most);
    assertThat(json.get("layers")).hasSize(17);
    for (JsonNode candidate : json.get("candidates")) {
      if (candidate.get("membrane_bytes").asLong() <= eight / 2) {
        assertThat(chosen.get("loss").asDouble())
            .isLessThanOrEqualTo(candidate.get("loss").asDouble());
      }
    }

    RunConfig config =
        RunConfig.load(ConfigurationFile.read(files, file + ""), List.of(), Instant.EPOCH);
    assertThat(config.train().startFrom()).contains(training.folder("a").toString());
    assertThat(config.train().epochs()).isEqualTo(1);
    List<Integer> bits = new ArrayList<>();
    json.get("layers").forEach(layer -> bits.add(layer.get("chosen_bits").asInt()));
    for (int i = 0; i < bits.size(); i++) {
      assertThat(config.network().membraneBits().at(i)).isEqualTo(bits.get(i));
    }

    CommandRun tuned = CommandRun.of("train", file.toString());
    assertThat(tuned.exitCode()).as(tuned.err()).isZero();
    String started =
        TinyTraining.json(root.resolve("a-tuned/fingerprint.json")).get("start_sha256").asText();
    assertThat(PackedModels.read(files, root + "/a-tuned").description().provenance())
        .containsEntry("start-sha256", started);
    assertThat(root.resolve("a-tuned/model/README.md")).content().contains(started);
    JsonNode last = TinyTraining.json(root.resolve("a/summary.json"));
    assertThat(last.get("best_epoch").asInt()).isEqualTo(1);
    assertThat(started).isEqualTo(last.get("parameters_sha256").asText());
  }

  @Test
  void peopleSeeATableOfLayersAndOneOfCandidates() {
    CommandRun run = budget("--max-ram", "100000", "--to", root + "/people.conf");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("layer", "loss with 2", "chosen", "stem", "8 bits", "qsnn train")
        .doesNotContain("NaN");
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeAnythingIsWritten() throws IOException {
    Path file = root.resolve("none.conf");
    String to = file.toString();
    budget("--max-bytes", "10", "--to", to)
        .assertFailed(2, "--max-bytes: must be at least", "found 10");
    budget("--max-ram", "10", "--to", to).assertFailed(2, "--max-ram: must be at least");
    budget("--to", to).assertFailed(2, "--max-bytes, --max-ram: must come", "found neither");
    budget("--max-ram", "10", "--max-bytes", "10").assertFailed(2, "found both");
    budget("--max-ram", "100000", "--to", to, "--set", "dataset.validation-fraction=0")
        .assertFailed(2, "dataset.validation-fraction");
    CommandRun.of("budget", root + "/nothing", "--max-ram", "10", "--to", to)
        .assertFailed(3, "must be the folder of a run");
    assertThat(file).doesNotExist();

    Files.createFile(file);
    budget("--max-ram", "100000", "--to", to).assertFailed(3, "must be a new file");
  }

  @Test
  void aTrainingStartsWithNothingButARunOfItsOwnNetwork() {
    training
        .train("b", "--set", "train.start-from=" + root + "/nothing")
        .assertFailed(3, "expected a run with a packed model");
    training
        .train(
            "c", "--set", "network.width-factor=1/64", "--set", "train.start-from=" + root + "/a")
        .assertFailed(3, "expected shape");
  }

  private static CommandRun budget(String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("budget", training.folder("a").toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static JsonNode json(CommandRun run) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return TinyTraining.json(run.out());
  }

  private static JsonNode candidate(JsonNode json, String mark) {
    for (JsonNode candidate : json.get("candidates")) {
      if (candidate.get(mark).asBoolean()) {
        return candidate;
      }
    }
    throw new AssertionError("no candidate is " + mark);
  }
}
