package org.qsnn.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends the process from a thread that may not wait for the end. */
final class Exit {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Exit() {}

  /** With the shutdown hooks; without them if they take too long. */
  static void soon(int exitCode) {
    daemon("exits", () -> System.exit(exitCode));
    daemon(
        "halts",
        () -> {
          sleep(PATIENCE);
          Runtime.getRuntime().halt(exitCode);
        });
  }

  static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  static void sleep(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
