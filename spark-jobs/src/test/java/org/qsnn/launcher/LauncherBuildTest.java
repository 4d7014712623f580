package org.qsnn.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherBuildTest {
  @TempDir private Path root;

  @Test
  void ofTwoFirstStartsOneBuildsAndTheOtherWaits() throws Exception {
    Checkout checkout = Checkout.unbuilt(root, "qsnn");
    // The build ends when the test has written to the pipe.
    checkout.script(
        "path/mvn",
        "echo build >>\"$ROOT/builds\"; read -r <\"$ROOT/pipe\";"
            + " mkdir -p \"${JAR%/*}\"; touch \"$JAR\"");
    Path pipe = pipe();

    Process first = checkout.start(Map.of(), "train");
    assertThat(firstComplaint(first)).startsWith("qsnn: building");
    Process second = checkout.start(Map.of(), "train");
    assertThat(firstComplaint(second))
        .isEqualTo(
            "qsnn: another qsnn is building in %s; waiting until it is done"
                .formatted(checkout.folder()));
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Files.writeString(pipe, "\n"));

    assertThat(Checkout.outcome(first).exitCode()).isZero();
    assertThat(Checkout.outcome(second).exitCode()).isZero();
    assertThat(root.resolve("builds")).hasContent("build");
  }

  @Test
  void newerSourcesAreBuilt() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    checkout.touch(checkout.jar(), Instant.EPOCH);
    checkout.touch(checkout.source(), Instant.EPOCH.plusSeconds(10));

    assertThat(checkout.run("train").exitCode()).isZero();
    assertThat(checkout.run("train").exitCode()).isZero();

    assertThat(root.resolve("builds")).hasContent("build");
  }

  @Test
  void whoMayNotWriteRunsTheJarThatIsThere() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    assertThat(checkout.runAsStranger("train").err()).isEmpty();

    checkout.touch(checkout.jar(), Instant.EPOCH);
    checkout.touch(checkout.source(), Instant.EPOCH.plusSeconds(10));
    Checkout.Outcome run = checkout.runAsStranger("train");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "qsnn: the sources are newer than %s; %s is not writable, so the jar is used as it is\n"
                .formatted(checkout.jar(), checkout.folder()));
    assertThat(root.resolve("builds")).doesNotExist();
  }

  @Test
  void whoMayNotWriteAndFindsNoJarIsToldWhoCanBuildIt() throws Exception {
    Checkout.unbuilt(root, "qsnn")
        .runAsStranger("train")
        .assertRefused("not built yet", "is not writable; build it as its owner");
  }

  @Test
  void aBuildThatFailsIsToldInOneLineWithItsFirstErrorAndNotWithAnOlderLogs() throws Exception {
    Checkout checkout = Checkout.unbuilt(root, "qsnn");
    Path log = checkout.folder().resolve("target/build.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "[ERROR] of yesterday\n");
    checkout.script(
        "path/mvn", "printf '%s\\n' '[INFO] so far' '[ERROR] no network' '[ERROR] more'; exit 1");

    Checkout.Outcome run = checkout.run("train");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "qsnn: building (some minutes the first time; log in " + log + ")",
            "qsnn: the build failed: no network; all of it is in " + log);
    assertThat(log).content().doesNotContain("yesterday");
  }

  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
  void aSignalEndsTheBuildToo(String signal, int exitCode) throws Exception {
    Checkout checkout = Checkout.unbuilt(root, "qsnn");
    checkout.script(
        "path/mvn",
        "trap 'echo ended >\"$ROOT/end\"; exit 143' TERM; echo begun >\"$ROOT/pipe\"; sleep 60 & wait; touch \"$JAR\"");

    Path pipe = pipe();
    Process launcher = checkout.start(Map.of(), "train");
    assertThat(firstComplaint(launcher)).startsWith("qsnn: building");
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Files.readString(pipe));
    new ProcessBuilder("kill", "-" + signal, "" + launcher.pid()).start().waitFor();

    assertThat(Checkout.outcome(launcher).exitCode()).isEqualTo(exitCode);
    assertThat(root.resolve("end")).hasContent("ended");
    assertThat(checkout.jar()).doesNotExist();
  }

  private Path pipe() throws Exception {
    Path pipe = root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static String firstComplaint(Process process) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            new BufferedReader(
                    new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))
                .readLine());
  }
}
