package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.tensor.RandomStream;

/**
 * Drivers of sweeps are killed and told to end: in the end everything is as if they had not been.
 */
@ExtendWith(SparkSessionExtension.class)
class SweepDeathIT {
  private static final String SWEEP =
      """
      sweep {
        base = tiny.conf
        set { train.epochs = 4 }
        space { train.learning-rate = { from = 0.01, to = 0.2, scale = log } }
        trials = 6
        halving { eta = 2, first-epochs = 1 }
      }
      """;

  @TempDir private static Path root;
  private static TinyTraining tiny;
  private static List<ObjectNode> expected;

  @BeforeAll
  static void sweepUndisturbed(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    Files.writeString(root.resolve("sweep.conf"), SWEEP);
    CommandRun run = CommandRun.of(arguments("whole").toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    expected = rows("whole");
  }

  @Test
  void sweepKilledTwiceEndsAsIfItHadNotBeen() throws Exception {
    killAndResume("killed-2", 2);
  }

  @Test
  @Tag("chaos")
  void sweepKilledTenTimesEndsAsIfItHadNotBeen() throws Exception {
    killAndResume("killed-10", 10);
  }

  @Test
  @Tag("chaos")
  void sweepOnSevenSlotsEndsAsOnTwo() throws Exception {
    try (DriverProcess driver = start("seven", "local[7]")) {
      assertThat(driver.exitCode()).as(driver.err()).isZero();
    }
    assertThat(rows("seven")).isEqualTo(expected);
  }

  @Test
  void sweepThatIsToldToEndPausesItsTrialsAndIsResumed() throws Exception {
    try (DriverProcess driver = start("ended", "local[2]")) {
      driver.await("an epoch", () -> epochs("ended") >= 1);
      driver.signal("TERM");

      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(143);
      assertThat(driver.complaints()).hasSize(1);
      assertThat(driver.out()).contains("stopped; the same command resumes it");
    }
    assertThat(CommandRun.of(arguments("ended").toArray(String[]::new)).exitCode()).isZero();
    assertThat(rows("ended")).isEqualTo(expected);
  }

  private void killAndResume(String name, int kills) throws Exception {
    RandomStream random = RandomStream.of(kills);
    int epochs = expected.stream().mapToInt(row -> row.path("epochs").asInt()).sum();
    for (int kill = 0; kill < kills; kill++) {
      int after = kill * epochs / (kills + 1) + random.nextInt(2);
      try (DriverProcess driver = start(name, "local[" + (1 + kill % 3) + "]")) {
        driver.await("epoch " + after, () -> epochs(name) >= after);
        Thread.sleep(random.nextInt(200));
        driver.kill();
      }
    }
    try (DriverProcess last = start(name, "local[2]")) {
      assertThat(last.exitCode()).as(last.err()).isZero();
    }
    assertThat(rows(name)).isEqualTo(expected);
  }

  private static DriverProcess start(String name, String master) throws IOException {
    return DriverProcess.start(tiny, List.of("-Dspark.master=" + master), arguments(name));
  }

  private static List<String> arguments(String name) {
    return List.of(
        "sweep",
        root.resolve("sweep.conf").toString(),
        "--set=sweep.dir=" + root.resolve(name),
        "--set=dataset.cache-dir=" + root.resolve("cache"),
        "--set=checkpoint.every-minutes=0.000001");
  }

  /** Without what differs from sweep to sweep: times and places. */
  private static List<ObjectNode> rows(String name) throws IOException {
    List<ObjectNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve(name + "/trials.json"))) {
      ObjectNode row = (ObjectNode) new ObjectMapper().readTree(line);
      row.remove(List.of("seconds", "folder"));
      rows.add(row);
    }
    return rows;
  }

  /** Of all trials. */
  private static long epochs(String name) {
    Path trials = root.resolve(name + "/trials");
    if (!Files.exists(trials)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(trials)) {
      return files
          .filter(file -> file.getFileName().toString().matches("epoch-\\d+\\.json"))
          .count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a temporary file has gone meanwhile
    }
  }
}
