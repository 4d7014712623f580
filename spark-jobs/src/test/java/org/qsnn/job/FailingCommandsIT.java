package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.FlakyFileSystem;
import org.qsnn.storage.Takeover;

/**
 * Commands whose n-th operation of storage is refused, for every n: configuration, data set, run
 * and all. They end with one line, and the same command then ends as if nothing had been.
 */
@ExtendWith(SparkSessionExtension.class)
class FailingCommandsIT {
  /** A short form meets so many operations, spread over all of them. */
  private static final int SOME = 5;

  private final FileStore files;
  @TempDir private Path root;

  FailingCommandsIT(SparkSession spark) {
    this.files = FileStore.of(FlakyFileSystem.in(spark.sparkContext().hadoopConfiguration()));
  }

  /** What is run. */
  enum Command {
    TRAIN,
    PREPARE;

    List<String> arguments(String root, String to) {
      String configuration = root + "/tiny.conf";
      return this == PREPARE
          ? List.of("prepare", configuration, "--to", to + "/set")
          : List.of(
              "train",
              configuration,
              "--set=run.dir=" + to + "/run",
              "--set=dataset.cache-dir=" + to + "/cache",
              "--set=train.epochs=1");
    }
  }

  @BeforeEach
  void writeConfiguration() throws IOException {
    TinyTraining.in(root);
  }

  @AfterEach
  void calm() {
    FlakyFileSystem.calm();
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void someOperationIsRefused(Command command) throws IOException {
    refuse(command, SOME);
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  @Tag("chaos")
  void anyOperationIsRefused(Command command) throws IOException {
    refuse(command, Integer.MAX_VALUE);
  }

  private void refuse(Command command, int times) throws IOException {
    FlakyFileSystem.let((number, operation, path) -> {});
    assertThat(run(command, "calm").exitCode()).isZero();
    int operations = FlakyFileSystem.calm();
    SortedMap<String, Integer> calm = contents("calm");
    int step = Math.max(1, operations / times);
    for (int number = 1; number <= operations; number += step) {
      refuseOne(command, number, calm);
    }
  }

  private void refuseOne(Command command, int refused, SortedMap<String, Integer> calm)
      throws IOException {
    String name = "n" + refused;
    String[] what = {"nothing"};
    FlakyFileSystem.let(
        (number, operation, path) -> {
          if (number == refused) {
            what[0] = operation + " " + path;
            throw new AccessControlException("user=x, access=WRITE");
          }
        });
    CommandRun disturbed = run(command, name);
    FlakyFileSystem.calm();
    String where = command + ", operation " + refused + ": " + what[0] + "\n" + disturbed.err();
    if (disturbed.exitCode() != 0) {
      assertThat(disturbed.exitCode()).as(where).isIn(2, 3);
      assertThat(disturbed.err()).as(where).contains("no permission");
    } else if (what[0].contains("run.log")) {
      assertThat(disturbed.log())
          .as(where)
          .singleElement(as(STRING))
          .contains("the run's log is kept here; it could not be uploaded");
    }
    if (Files.exists(root.resolve(name).resolve("run/lease"))) {
      Takeover.of(files, "flaky:" + root.resolve(name).resolve("run"));
    }
    if (command == Command.TRAIN || disturbed.exitCode() != 0) {
      CommandRun again = run(command, name, disturbed.exitCode() == 0);
      assertThat(again.exitCode()).as(where + again.err()).isZero();
    }
    assertThat(contents(name)).as(where).isEqualTo(calm);
  }

  private CommandRun run(Command command, String name, boolean... isFinished) {
    String there = "flaky:" + root;
    List<String> arguments = new ArrayList<>(command.arguments(there, there + "/" + name));
    if (isFinished.length > 0 && isFinished[0]) {
      arguments.add("--resume");
    }
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /**
   * All files but leases, logs and pages, which tell times and without which a run is complete;
   * hidden ones too, without what tells times and the run's name.
   */
  private SortedMap<String, Integer> contents(String name) throws IOException {
    SortedMap<String, Integer> contents = new TreeMap<>();
    Path folder = root.resolve(name);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String relative = folder.relativize(file).toString();
        if (!relative.matches("run/(lease/.*|run[.]log|report[.]html)")) {
          contents.put(relative, content(relative, Files.readAllBytes(file), name));
        }
      }
    }
    return contents;
  }

  private static int content(String file, byte[] bytes, String name) {
    return file.endsWith(".json") || file.endsWith(".conf")
        ? new String(bytes, UTF_8)
            .replace("/" + name + "/", "/")
            .replaceAll("\"(samples_per_s|seconds)\"\\s*:\\s*([{][^}]*}|[^,}]+)", "")
            .hashCode()
        : Arrays.hashCode(bytes);
  }
}
