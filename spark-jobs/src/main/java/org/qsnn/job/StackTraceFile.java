package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps the stack trace of a failure, which may have taken hours to show itself. */
final class StackTraceFile {
  private StackTraceFile() {}

  /**
   * Writes the stack trace to a new file and says where it is.
   *
   * @param log what was logged before
   */
  static void write(Throwable failure, List<String> log, PrintWriter err) {
    try {
      Path file = Files.createTempFile("qsnn-failure-", ".txt");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, UTF_8))) {
        log.forEach(out::print);
        failure.printStackTrace(out);
      }
      err.println("qsnn: its stack trace is in " + file + " (--debug shows it here)");
    } catch (IOException e) {
      err.println(
          "qsnn: its stack trace cannot be kept (" + e.getMessage() + "); --debug shows it");
    }
  }
}
