package org.qsnn.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

class ComparedCommandTest {
  private static final String SPEEDS = "{\"train_samples_per_s\": 7.1, \"infer_samples_per_s\": 2}";

  @Test
  void lastLineWithBothSpeedsCounts() {
    String earlier = SPEEDS.replace("7.1", "1.5");
    List<String> lines = List.of("warming up", earlier, SPEEDS, "{\"what\": \"end\"}", "{broken");

    assertThat(Throughput.lastOf(lines)).contains(new Throughput(7.1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7.1",
        "[7.1, 2]",
        "{\"train_samples_per_s\": 7.1}",
        "{\"train_samples_per_s\": 7.1, \"infer_samples_per_s\": 0}",
        "{\"train_samples_per_s\": 1e999, \"infer_samples_per_s\": 2}",
        "{\"train_samples_per_s\": \"fast\", \"infer_samples_per_s\": 2}",
        "{\"train_samples_per_s\": 7.1, \"infer_samples_per_s\": 2} 3"
      })
  void lineWithoutTwoPositiveSpeedsIsNone(String line) {
    assertThat(Throughput.lastOf(List.of(line))).isEmpty();
  }

  @Test
  void readsStandardOutputAlone() {
    String other = SPEEDS.replace("7.1", "9");

    assertThat(command("echo '" + SPEEDS + "'; echo '" + other + "' >&2").run())
        .isEqualTo(new Throughput(7.1, 2));
  }

  @Test
  void threadsOfThisProcessAreNotThoseOfTheOther() {
    assertThat(System.getenv("OMP_NUM_THREADS")).isEqualTo("1");
    String line =
        "{\\\"train_samples_per_s\\\": ${OMP_NUM_THREADS:-5}, \\\"infer_samples_per_s\\\": 2}";

    assertThat(command("echo \"" + line + "\"").run()).isEqualTo(new Throughput(5, 2));
  }

  @Test
  void failureNamesTheCommandAndItsExitCode() {
    assertFails(command("echo '" + SPEEDS + "'; exit 3"), "exit 3\"", "exit code 0, found 3");
    assertFails(command("no-such-program 2>/dev/null"), "no-such-program", "found 127");
  }

  @Test
  void outputWithoutSpeedsIsShown() {
    assertFails(command("echo hello"), "train_samples_per_s", "as the last line hello");
    assertFails(command("true"), "infer_samples_per_s", "found no line");
  }

  @Test
  void commandBeyondItsDeadlineIsEndedWithItsChildren(@TempDir Path folder) throws IOException {
    Path child = folder.resolve("child");
    String sleeper = "sleep 600 & echo $! > " + child + "; wait; true";

    assertFails(new ComparedCommand(sleeper, Duration.ofSeconds(2)), "to end within 2 s");

    long pid = Long.parseLong(Files.readString(child).strip());
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (isRunning(pid) && System.nanoTime() < end) {
      Thread.onSpinWait(); // the signal is on its way
    }
    assertThat(isRunning(pid)).isFalse();
  }

  /** Once killed it may be listed, without a program, until somebody reaps it. */
  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  private static void assertFails(ComparedCommand command, String... parts) {
    assertThatThrownBy(command::run)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--compare-with \"")
        .hasMessageContainingAll(parts);
  }

  private static ComparedCommand command(String text) {
    return new ComparedCommand(text, Duration.ofSeconds(60));
  }
}
