package org.qsnn.bench;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.qsnn.ConfigurationException;

/**
 * A program that measures itself and prints a line such as {@code {"train_samples_per_s": 7.1,
 * "infer_samples_per_s": 19.6}}.
 *
 * @param command for bash
 * @param deadline of one run
 */
public record ComparedCommand(String command, Duration deadline) {
  /** What the launcher sets for this process; the other side chooses its own threads. */
  private static final List<String> OWN_VARIABLES =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");

  /**
   * Runs it once and waits; what it prints to its standard error is seen at once.
   *
   * @throws ConfigurationException if it fails, takes longer than the deadline, or prints no such
   *     line
   */
  public Throughput run() {
    try {
      Path output = Files.createTempFile("qsnn-bench", ".out");
      try {
        runInto(output);
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        return speeds(text.lines().toList());
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw failure("cannot be run: " + e.getMessage(), e);
    }
  }

  private void runInto(Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(output.toFile())
            .redirectError(Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    OWN_VARIABLES.forEach(environment::remove);
    int exitCode = exitCode(builder.start());
    if (exitCode != 0) {
      throw failure("expected exit code 0, found " + exitCode, null);
    }
  }

  private int exitCode(Process process) {
    try {
      if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      kill(process);
      throw failure("expected to end within " + deadline.toSeconds() + " s, did not", null);
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for: " + command, e);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Throughput speeds(List<String> lines) {
    return Throughput.lastOf(lines).orElseThrow(() -> failure(expectation(lines), null));
  }

  private static String expectation(List<String> lines) {
    String last = lines.isEmpty() ? "no line" : "as the last line " + lines.get(lines.size() - 1);
    return String.format(
        Locale.ROOT,
        "expected a line of JSON with positive %s and %s, found %s",
        Throughput.TRAIN,
        Throughput.INFER,
        last);
  }

  private ConfigurationException failure(String what, Throwable cause) {
    return new ConfigurationException("--compare-with \"" + command + "\": " + what, cause);
  }
}
