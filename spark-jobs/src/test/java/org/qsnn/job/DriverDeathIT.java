package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.storage.Takeover;
import org.qsnn.tensor.RandomStream;

/**
 * Drivers that are processes are killed, stopped and told to end in the middle of a run. Every
 * test's run ends as the one that was left alone, which ran in the tests' own JVM.
 */
@ExtendWith(SparkSessionExtension.class)
class DriverDeathIT {
  /** A checkpoint after every step: more to be killed in. */
  private static final String EVERY_STEP = "--set=checkpoint.every-minutes=0.000001";

  private static final int STEPS = 4;
  private static final int SHORT = 8;
  private static final int LONG = 30;

  @TempDir private static Path root;
  private static TinyTraining tiny;

  private String run;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    assertThat(tiny.train("whole", epochs(SHORT)).exitCode()).isZero();
  }

  private static String epochs(int epochs) {
    return "--set=train.epochs=" + epochs;
  }

  @Test
  void runKilledThreeTimesEndsAsIfItHadNotBeen() throws Exception {
    run = "killed-3";
    killAndResume(3, SHORT);
    assertEndedAs("whole", SHORT);
  }

  @Test
  @Tag("chaos")
  void runKilledTwentyTimesEndsAsIfItHadNotBeen() throws Exception {
    trainWholeLong();
    run = "killed-20";
    killAndResume(20, LONG);
    assertEndedAs("whole-long", LONG);
  }

  /** Once for all tests that compare with it. */
  private static void trainWholeLong() {
    CommandRun whole = tiny.train("whole-long", epochs(LONG), "--resume");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
  }

  /** The kills are spread over the run: each falls soon after a step that is drawn. */
  private void killAndResume(int kills, int epochs) throws Exception {
    RandomStream random = RandomStream.of(kills);
    int span = epochs * STEPS / (kills + 1);
    for (int kill = 0; kill < kills; kill++) {
      int after = kill * span + random.nextInt(span);
      int lives = kill + 1;
      try (DriverProcess driver = DriverProcess.train(tiny, run, epochs(epochs), EVERY_STEP)) {
        driver.await(
            "lease " + lives, () -> exists(String.format(Locale.ROOT, "lease/%06d.json", lives)));
        if (random.nextInt(4) > 0) {
          driver.await("step " + after, () -> stepsDone() >= after);
        }
        Thread.sleep(random.nextInt(200));
        driver.kill();
      }
      assertThat(exists("summary.json")).as("run ended before kill %d", kill).isFalse();
    }
    try (DriverProcess last =
        DriverProcess.train(tiny, run, epochs(epochs), EVERY_STEP, "--resume")) {
      assertThat(last.exitCode()).as(last.err()).isZero();
    }
  }

  @Test
  void driverThatIsToldToEndLeavesACheckpointAndItsLease() throws Exception {
    run = "terminated";
    try (DriverProcess driver = DriverProcess.train(tiny, run, epochs(SHORT))) {
      driver.await("step 1", () -> stepsDone() >= 1);
      driver.signal("TERM");

      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(143);
      assertThat(driver.err()).contains("qsnn: SIGTERM: ending after this step");
      assertThat(driver.out())
          .contains(tiny.folder(run) + ": stopped in epoch ", "the same command resumes it");
    }
    assertThat(exists("lease/000001-released.json")).isTrue();
    assertThat(exists("summary.json")).isFalse();

    assertThat(tiny.train(run, epochs(SHORT)).exitCode()).isZero();
    assertEndedAs("whole", SHORT);
  }

  @Test
  void driverThatWakesUpAfterItsSuccessorTookOverChangesNothing() throws Exception {
    stopAndTakeOver(1);
  }

  @Test
  @Tag("chaos")
  void driversThatWakeUpAfterTheirSuccessorsTookOverChangeNothing() throws Exception {
    for (int seed = 2; seed < 10; seed++) {
      stopAndTakeOver(seed);
    }
  }

  /** With real heartbeats and real patience. */
  @Test
  @Tag("chaos")
  void secondDriverIsRefusedAsLongAsTheFirstOneBeatsAndTakesOverWhenItDoesNot() throws Exception {
    run = "two";
    trainWholeLong();
    try (DriverProcess first = DriverProcess.train(tiny, run, epochs(LONG), EVERY_STEP)) {
      first.await("step 1", () -> stepsDone() >= 1);
      tiny.train(run, epochs(LONG))
          .assertFailed(2, "another driver works here (host ", "pid " + first.pid() + ", since");
      first.signal("STOP");

      assertThat(tiny.train(run, epochs(LONG)).exitCode()).isZero();
    }
    assertEndedAs("whole-long", LONG);
  }

  private void stopAndTakeOver(int seed) throws Exception {
    run = "stopped-" + seed;
    RandomStream random = RandomStream.of(seed);
    try (DriverProcess stopped = DriverProcess.train(tiny, run, epochs(SHORT), EVERY_STEP)) {
      int step = 1 + random.nextInt(SHORT * STEPS / 2);
      stopped.await("step " + step, () -> stepsDone() >= step);
      Thread.sleep(random.nextInt(20));
      stopped.signal("STOP");
      Takeover.of(tiny.folder(run).toString());

      CommandRun successor = tiny.train(run, epochs(SHORT), "--resume");
      List<String> ended = contents();
      stopped.signal("CONT");

      assertThat(successor.exitCode()).as(successor.err()).isZero();
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
      assertThat(stopped.err().lines().filter(line -> line.startsWith("qsnn: ")))
          .singleElement()
          .asString()
          .contains(
              tiny.folder(run) + ": another driver took over (host ",
              "pid " + ProcessHandle.current().pid());
      assertThat(contents()).isEqualTo(ended);
    }
    assertEndedAs("whole", SHORT);
  }

  private boolean exists(String file) {
    return Files.exists(tiny.folder(run).resolve(file));
  }

  /** Of the newest checkpoint. */
  private int stepsDone() {
    String[] names = tiny.folder(run).resolve("checkpoints").toFile().list();
    return Stream.of(names == null ? new String[0] : names)
        .filter(name -> name.endsWith(".sha256") && !name.startsWith("."))
        .mapToInt(
            name ->
                STEPS * Integer.parseInt(name.substring(6, 12))
                    + Integer.parseInt(name.substring(18, 26)))
        .max()
        .orElse(0);
  }

  private void assertEndedAs(String whole, int epochs) throws IOException {
    assertThat(tiny.bits(run)).isEqualTo(tiny.bits(whole));
    for (int epoch = 0; epoch < epochs; epoch++) {
      assertThat(tiny.metrics(run, epoch)).isEqualTo(tiny.metrics(whole, epoch));
    }
    assertThat(tiny.files(run))
        .filteredOn(file -> file.startsWith("metrics/"))
        .containsExactlyElementsOf(
            IntStream.range(0, epochs).mapToObj("metrics/epoch-%06d.json"::formatted).toList());
    assertThat(tiny.files(run)).noneMatch(file -> file.endsWith(".tmp"));
  }

  /** Names and contents of all files but the log, where a driver may say why it ends. */
  private List<String> contents() throws IOException {
    List<String> contents = new ArrayList<>();
    for (String name : tiny.files(run)) {
      Path file = tiny.folder(run).resolve(name);
      if (!name.equals("run.log")) {
        contents.add(name + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
