package org.qsnn.job;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;

/** Standard error, as a terminal that a person watches. */
final class Terminal {
  private Terminal() {}

  /** Obeys control characters, which {@link System#err} only shows: for the bars of progress. */
  static PrintStream standardError() {
    return new PrintStream(
        new FileOutputStream(FileDescriptor.err), true, Charset.defaultCharset());
  }

  /**
   * Whether standard error is a terminal. {@link System#console} does not tell: it is null as soon
   * as standard output is redirected.
   */
  static boolean isStandardError() {
    try {
      Process test = new ProcessBuilder("test", "-t", "2").redirectError(Redirect.INHERIT).start();
      return test.waitFor(5, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException e) {
      return System.console() != null; // a system without the POSIX command
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
