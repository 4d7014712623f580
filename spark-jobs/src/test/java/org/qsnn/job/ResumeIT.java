package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.storage.FaultyFileSystem;
import org.qsnn.storage.FaultyFileSystem.Fault;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;

/** However often a run is interrupted, and wherever: it ends as if it had not been. */
@ExtendWith(SparkSessionExtension.class)
class ResumeIT {
  /** A checkpoint after every step; how often they are written has no part in the result. */
  private static final String[] EVERY_STEP = {
    "--set", "checkpoint.every-minutes=0.000001", "--set", "checkpoint.keep=100"
  };

  @TempDir private static Path root;
  private static TinyTraining tiny;

  private String run;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    assertThat(tiny.train("whole", EVERY_STEP).exitCode()).isZero();
  }

  /** Each test has a copy of the finished run. */
  @BeforeEach
  void copyRun(TestInfo test) throws IOException {
    run = test.getTestMethod().orElseThrow().getName();
    for (String file : tiny.files("whole")) {
      Path copy = tiny.folder(run).resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(tiny.folder("whole").resolve(file), copy);
    }
  }

  @Test
  void finishedRunIsLeftAsItIs() throws IOException {
    List<String> before = contents();

    CommandRun refused = tiny.train(run);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "qsnn: run.dir: %s holds a finished run, which is left as it is; choose another folder%n"
                .formatted(tiny.folder(run)));
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void resumedFinishedRunHasNothingToDo() throws IOException {
    List<String> before = contents();

    CommandRun resumed = tiny.train(run, "--resume");

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out())
        .isEqualTo("%s: this run is finished; nothing to do%n".formatted(tiny.folder(run)));
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void unfinishedRunGoesOnByItselfFromTheMiddleOfAnEpoch() throws IOException {
    interruptAfter("epoch-000001-step-00000002");

    CommandRun resumed = tiny.train(run);

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.log()).isEmpty();
    assertEndedAsTheWholeRun();
  }

  @Test
  void runInterruptedAfterItsLastEpochIsOnlyTested() throws IOException {
    Files.delete(tiny.folder(run).resolve("summary.json"));

    assertThat(tiny.train(run, "--resume").exitCode()).isZero();
    assertEndedAsTheWholeRun();
  }

  @Test
  void runWithoutACheckpointStartsOver() throws IOException {
    interruptAfter("");

    assertThat(tiny.train(run, "--resume").exitCode()).isZero();
    assertEndedAsTheWholeRun();
  }

  @Test
  void verifiedRunsAreEqualAfterAResumeAndPartWithAnotherSeed() throws IOException {
    interruptAfter("epoch-000000-step-00000003");
    assertThat(tiny.train(run).exitCode()).isZero();

    CommandRun same = verify("whole", run);
    assertThat(same.exitCode()).as(same.out()).isZero();
    assertThat(same.out()).contains("are equal: 2 epochs and the test").hasLineCount(1);

    assertThat(tiny.train("seed-2", "--set", "run.seed=2").exitCode()).isZero();
    CommandRun parted = verify("whole", "seed-2");
    assertThat(parted.exitCode()).isEqualTo(5);
    assertThat(parted.out())
        .contains("metrics/epoch-000000.json", "firing_rate", "run.seed: 1, there 2");
    verify("whole", "absent").assertFailed(3, "absent", "does not exist");
  }

  private static CommandRun verify(String one, String other) {
    return CommandRun.of("verify-run", tiny.folder(one).toString(), tiny.folder(other).toString());
  }

  @Test
  void runThatNeverWasIsStarted() throws IOException {
    run = "new";

    assertThat(tiny.train(run, "--resume").exitCode()).isZero();
    assertEndedAsTheWholeRun();
  }

  @Test
  void anotherConfigurationIsRefusedNamingTheKey() throws IOException {
    interruptAfter("epoch-000001-step-00000000");
    List<String> before = contents();

    for (String resume : List.of("--resume", "--set=run.seed=1")) {
      CommandRun refused = tiny.train(run, "--set", "train.epochs=3", resume);

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .startsWith("qsnn: run.dir: " + tiny.folder(run))
          .contains("train.epochs: 3, there 2");
      assertThat(contents()).isEqualTo(before);
    }
  }

  @Test
  void damagedNewestCheckpointIsSteppedOverWithAWarning() throws IOException {
    interruptAfter("epoch-000001-step-00000002");
    String newest = "checkpoints/epoch-000001-step-00000002.safetensors";
    flipByte(tiny.folder(run).resolve(newest));

    CommandRun resumed = tiny.train(run);

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.log())
        .singleElement()
        .asString()
        .contains("Skipped a checkpoint", newest, "damaged");
    assertThat(tiny.folder(run).resolve("run.log"))
        .content()
        .contains("Skipped a checkpoint", "epoch-000001-step-00000001.safetensors");
    assertEndedAsTheWholeRun();
  }

  @Test
  void checkpointWithoutItsChecksumIsSkipped() throws IOException {
    interruptAfter("epoch-000001-step-00000002");
    String newest = "checkpoints/epoch-000001-step-00000002.safetensors";
    Files.delete(tiny.folder(run).resolve(newest + ".sha256"));

    assertThat(tiny.train(run).log())
        .singleElement()
        .asString()
        .contains("Skipped a checkpoint", newest, "incomplete");
    assertEndedAsTheWholeRun();
  }

  @Test
  void runWithoutAnyIntactCheckpointIsRefused() throws IOException {
    interruptAfter("epoch-000000-step-00000001");
    flipByte(tiny.folder(run).resolve("checkpoints/epoch-000000-step-00000001.safetensors"));
    List<String> before = checkpoints();

    CommandRun refused = tiny.train(run, "--resume");

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            tiny.folder(run) + "/checkpoints: expected an intact file, found none",
            "to start over, delete this folder");
    assertThat(checkpoints()).isEqualTo(before);
  }

  @Test
  void dataThatDiffersFromItsManifestIsRefused() throws IOException {
    interruptAfter("epoch-000000-step-00000001");
    Path manifest;
    try (Stream<Path> files = Files.walk(root.resolve("cache"))) {
      manifest = files.filter(file -> file.endsWith("manifest.json")).findFirst().orElseThrow();
    }
    String original = Files.readString(manifest);
    Files.writeString(manifest, original.replaceAll("(data_sha256\" : \")..", "$1ff"));
    try {
      CommandRun refused = tiny.train(run, "--resume");
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("expected the samples with data_sha256 ff");
    } finally {
      Files.writeString(manifest, original);
    }
  }

  @Test
  void runThatAnotherDriverWorksOnIsRefusedNamingIt() throws IOException {
    interruptAfter("epoch-000001-step-00000000");
    List<String> before = contents();
    FileStore files = FileStore.of(new Configuration());

    try (Lease held = Lease.acquire(files, tiny.folder(run).toString())) {
      assertThat(held.isLost()).isFalse();
      tiny.train(run, "--resume")
          .assertFailed(
              2,
              "qsnn: %s: another driver works here (host".formatted(tiny.folder(run)),
              "pid " + ProcessHandle.current().pid() + ", since 20");
    }
    assertThat(contents()).filteredOn(file -> !file.startsWith("lease/")).isSubsetOf(before);
  }

  @Test
  void bestCheckpointIsKeptBesideTheNewest() throws IOException {
    run = "kept";
    assertThat(tiny.train(run, "--set", "train.epochs=5", "--set", "checkpoint.keep=1").exitCode())
        .isZero();
    int best = tiny.summary(run).get("best_epoch").intValue();

    assertThat(checkpoints())
        .containsExactlyElementsOf(
            Stream.of(best + 1, 5)
                .distinct()
                .map("epoch-%06d-step-00000000.safetensors"::formatted)
                .flatMap(name -> Stream.of(name, name + ".sha256"))
                .toList());
  }

  @Test
  void fullDiskKeepsTheOnlyCheckpointAndTheRunGoesOnWhenThereIsRoom(SparkSession spark)
      throws IOException {
    run = "full";
    CommandRun full;
    try (var fault =
        FaultyFileSystem.inject(
            spark.sparkContext().hadoopConfiguration(), Fault.DISK_FULL_ERROR, "epoch-000002")) {
      full = tiny.train(run, "--set", "checkpoint.keep=1");
    }

    assertThat(full.exitCode()).isEqualTo(3);
    assertThat(full.err())
        .startsWith("qsnn: file:" + tiny.folder(run) + "/checkpoints/epoch-000002-step-00000000")
        .contains("the disk or quota is full")
        .hasLineCount(1);
    String first = "epoch-000001-step-00000000.safetensors";
    assertThat(checkpoints()).containsExactly(first, first + ".sha256");

    assertThat(tiny.train(run, "--set", "checkpoint.keep=1").exitCode()).isZero();
    assertThat(checkpoints()).contains("epoch-000002-step-00000000.safetensors");
    assertEndedAsTheWholeRun();
  }

  /** Undoes what came after a checkpoint; with an empty name, all of them. */
  private void interruptAfter(String checkpoint) throws IOException {
    Files.delete(tiny.folder(run).resolve("summary.json"));
    for (String name : checkpoints()) {
      if (name.compareTo(checkpoint + ".safetensors.sha256") > 0) {
        Files.delete(tiny.folder(run).resolve("checkpoints").resolve(name));
      }
    }
  }

  private static void flipByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private void assertEndedAsTheWholeRun() throws IOException {
    assertThat(tiny.bits(run)).isEqualTo(tiny.bits("whole"));
    for (int epoch = 0; epoch < 2; epoch++) {
      assertThat(tiny.metrics(run, epoch)).isEqualTo(tiny.metrics("whole", epoch));
    }
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(tiny.folder(run).resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Names, times and contents of all files. */
  private List<String> contents() throws IOException {
    List<String> contents = new ArrayList<>();
    for (String name : tiny.files(run)) {
      Path file = tiny.folder(run).resolve(name);
      int hash = Arrays.hashCode(Files.readAllBytes(file));
      contents.add(name + " " + Files.getLastModifiedTime(file) + " " + hash);
    }
    return contents;
  }
}
