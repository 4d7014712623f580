package org.qsnn.job;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/** Tells whether somebody is watching. */
final class Terminal {
  private Terminal() {}

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
