package org.qsnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.model.ImageInput;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.run.PackedModels;
import org.qsnn.run.StoredRun;
import org.qsnn.sample.Samples;
import org.qsnn.sample.SyntheticImages;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;

/** Trainings of a network of three layers with a float network as its teacher, without Spark. */
class TaughtTrainingTest {
  private static final String TINY =
      """
      network { architecture = custom, layers = [conv 4, residual-block 4, readout], timesteps = 2 }
      train { epochs = 2, early-epochs = 1, shards = 2, batch-size = 8 }
      """;

  private static final Training.Watch UNWATCHED =
      new Training.Watch(TrainingProgress.SILENT, Stop.NEVER, Throwable::toString);

  @TempDir private Path root;
  private final FileStore files = FileStore.of(new Configuration());
  private String teacher;

  @BeforeEach
  void trainTheTeacher() {
    train(
        "twin", 2, "network.weight-bits=32", "network.membrane-bits=32", "train.early-epochs=off");
    teacher = "train.distillation.teacher=" + root.resolve("twin");
  }

  @Test
  void aTaughtRunLearnsSomethingElseButTheSameTwice() throws IOException {
    String taught = train("a", 2, teacher);

    assertThat(train("b", 2, teacher))
        .isEqualTo(taught)
        .isNotEqualTo(train("c", 2))
        .isNotEqualTo(train("d", 2, teacher, "train.distillation.temperature=4"));
    String sha256 = PackedModels.sha256(files, root + "/twin");
    assertThat(fingerprint("a").get("teacher_sha256").asText()).isEqualTo(sha256);
    assertThat(PackedModels.read(files, root + "/a").description().provenance())
        .containsEntry("teacher-sha256", sha256);
    assertThat(fingerprint("c").has("teacher_sha256")).isFalse();
  }

  @Test
  void aRunGoesOnWithItsTeacherAlone() throws IOException {
    String whole = train("a", 2, teacher);
    Path file = root.resolve("teacher");
    Files.write(file, PackedModels.bytes(files, root + "/twin"));
    String byFile = "train.distillation.teacher=" + file;
    train("b", 1, byFile);

    assertThat(train("b", 2, byFile)).isEqualTo(whole);

    train("c", 1, byFile);
    Files.write(file, PackedModels.bytes(files, root + "/a"));
    RunConfig config = config("c", byFile);
    assertThatThrownBy(
            () -> {
              try (Backend backend = backend();
                  Lease lease = Lease.acquire(files, config.run().dir())) {
                new Training(files, config, backend).run(lease, UNWATCHED);
              }
            })
        .isInstanceOf(LoggedException.class)
        .rootCause()
        .isInstanceOf(DataException.class)
        .hasMessageContaining("of another training: expected teacher-sha256");
  }

  @Test
  void aTeacherOfOtherInputIsRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> train("a", 1, teacher, "dataset.images.normalization=computed"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("train.distillation.teacher: must have the same input");
    assertThat(root.resolve("a/config.conf")).doesNotExist();
    assertThat(root.resolve("a/checkpoints")).doesNotExist();
  }

  /** Returns the hash of what the run had learned when its best epoch ended. */
  private String train(String run, int epochs, String... overrides) {
    RunConfig config = config(run, overrides);
    try (Backend backend = backend();
        Lease lease = Lease.acquire(files, config.run().dir())) {
      Training training = new Training(files, config, backend);
      assertThat(training.trainUntil(epochs, epochs, lease, UNWATCHED)).isTrue();
      return StoredRun.learned(files, config.run().dir(), NetworkLayout.of(training.network()))
          .sha256();
    }
  }

  private RunConfig config(String run, String... overrides) {
    List<String> all = new ArrayList<>(List.of("run.dir=" + root.resolve(run)));
    all.addAll(Arrays.asList(overrides));
    return RunConfig.load(new ConfigText("tiny", TINY), all, Instant.EPOCH);
  }

  private static Backend backend() {
    return new LocalBackend(
        List.of(samples(0, 10), samples(10, 10)),
        List.of(samples(20, 10)),
        SyntheticImages.classNames(),
        Optional.of(new ImageInput(List.of(.5, .5, .5), List.of(.2, .2, .2))),
        "ab12");
  }

  private static Samples samples(long first, int count) {
    long[] ids = new long[count];
    int[] labels = new int[count];
    byte[][] payloads = new byte[count][];
    for (int i = 0; i < count; i++) {
      ids[i] = first + i;
      byte[] labelled = SyntheticImages.record(1, ids[i]);
      labels[i] = labelled[0];
      payloads[i] = Arrays.copyOfRange(labelled, 1, labelled.length);
    }
    return new Samples(ids, labels, payloads);
  }

  private JsonNode fingerprint(String run) throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(root.resolve(run).resolve("fingerprint.json")));
  }
}
