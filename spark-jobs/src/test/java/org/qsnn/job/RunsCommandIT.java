package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;

/** What {@code qsnn runs} says of folders with runs in every state. */
@ExtendWith(SparkSessionExtension.class)
class RunsCommandIT {
  @TempDir private static Path root;
  private static Path runs;

  @BeforeAll
  static void make(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    TinyTraining tiny = TinyTraining.in(root);
    runs = Files.createDirectory(root.resolve("runs"));
    assertThat(tiny.train("runs/b/finished").exitCode()).isZero();
    copyOfFinished("stopped");
    Files.delete(runs.resolve("stopped/summary.json"));
    Files.delete(runs.resolve("stopped/metrics/epoch-000001.json"));
    copyOfFinished("worked");
    Files.delete(runs.resolve("worked/summary.json"));
    copyOfFinished("damaged");
    Files.writeString(runs.resolve("damaged/run.conf"), "train { epochs = ");
    copyOfFinished("half");
    Files.writeString(runs.resolve("half/summary.json"), "{");
    tiny.train(
            "runs/diverged",
            "--set=network.weight-bits=32",
            "--set=network.membrane-bits=32",
            "--set=train.learning-rate=10",
            "--set=train.weight-decay=1",
            "--set=train.epochs=20")
        .assertFailed(4, "training diverged");
    Files.writeString(
        root.resolve("sweep.conf"),
        """
        sweep {
          base = tiny.conf
          space { train.learning-rate = [0.05, 0.1] }
          search = grid
        }
        """);
    assertThat(
            CommandRun.of(
                    "sweep",
                    root.resolve("sweep.conf").toString(),
                    "--set=sweep.dir=" + runs.resolve("sweep"))
                .exitCode())
        .isZero();
  }

  private static void copyOfFinished(String name) throws IOException {
    Path from = runs.resolve("b/finished");
    Path to = runs.resolve(name);
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void everyRunAndSweepIsALineAndWhatIsDamagedIsNamed() {
    CommandRun found;
    try (Lease lease = Lease.acquire(files(), runs.resolve("worked").toString())) {
      assertThat(lease.isLost()).isFalse();
      found = CommandRun.of("runs", runs.toString());
    }

    assertThat(found.exitCode()).as(found.err()).isZero();
    List<String> lines = found.out().lines().toList();
    assertThat(lines.get(0))
        .matches("state +data +network +bits +epoch +validation +test +model +age +folder");
    String tail = "synthetic +resnet19 × 1/128 +%s +%s .* %s";
    assertThat(lines.subList(1, lines.size()))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("finished +" + tail.formatted("1w8u", "2/2", "b/finished")),
            line ->
                assertThat(line)
                    .matches("diverged +" + tail.formatted("32w32u", "\\d+/20", "diverged")),
            line ->
                assertThat(line).matches("stopped +" + tail.formatted("1w8u", "1/2", "stopped")),
            line ->
                assertThat(line)
                    .matches("finished +" + tail.formatted("1w8u", "2/2 trials", "sweep")),
            line ->
                assertThat(line).matches("running +" + tail.formatted("1w8u", "2/2", "worked")));
    assertThat(found.err().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("left out: ", "runs/damaged", "run.conf"),
            line -> assertThat(line).contains("left out: ", "runs/half", "summary.json"));
  }

  @Test
  void sortedByTestTheTestedComeFirst() {
    CommandRun found = CommandRun.of("runs", runs.toString(), "--sort", "test");

    assertThat(found.out().lines().skip(1).map(line -> line.split(" ")[0]))
        .startsWith("finished", "finished");
  }

  @Test
  void asJsonEachIsAnObjectWithNumbers() throws IOException {
    CommandRun found = CommandRun.of("runs", runs.toString(), "--json", "--sort", "age");

    List<String> lines = found.out().lines().toList();
    assertThat(lines).hasSize(5);
    for (String line : lines) {
      JsonNode json = TinyTraining.json(line);
      assertThat(json.path("what").asText()).isIn("run", "sweep");
      assertThat(json.path("membrane_bits").isInt()).isTrue();
      assertThat(json.path("all").asInt()).isPositive();
      if (json.path("state").asText().equals("finished")) {
        assertThat(json.path("test_accuracy").isDouble()).isTrue();
        assertThat(json.path("model_bytes").asLong()).isPositive();
      }
    }
  }

  @Test
  void emptyFolderMissingFolderAndUnknownOrderAreToldPlainly() throws IOException {
    CommandRun none = CommandRun.of("runs", Files.createDirectory(root.resolve("none")).toString());
    assertThat(none.exitCode()).isZero();
    assertThat(none.out()).isEqualToIgnoringNewLines("no run and no sweep");

    CommandRun.of("runs", root.resolve("missing").toString()).assertFailed(3, "missing");
    CommandRun.of("runs", root.resolve("sweep.conf").toString())
        .assertFailed(3, "must be a folder of runs; found a file");
    CommandRun unknown = CommandRun.of("runs", runs.toString(), "--sort", "name");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("must be one of path, state, validation, test, size, age; found name");
  }

  private static FileStore files() {
    return FileStore.of(new Configuration());
  }
}
