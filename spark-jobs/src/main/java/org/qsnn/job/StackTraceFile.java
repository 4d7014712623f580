package org.qsnn.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the stack trace of a bug, which may have taken hours to show itself. */
final class StackTraceFile {
  private StackTraceFile() {}

  /** Writes the stack trace to a new file and says where it is; to {@code err} if it cannot. */
  static void write(Throwable bug, PrintWriter err) {
    try {
      Path file = Files.createTempFile("qsnn-bug-", ".txt");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        bug.printStackTrace(out);
      }
      err.println("qsnn: its stack trace is in " + file + " (--debug shows it here)");
    } catch (IOException e) {
      bug.printStackTrace(err);
    }
  }
}
