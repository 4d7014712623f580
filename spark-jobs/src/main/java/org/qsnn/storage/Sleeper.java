package org.qsnn.storage;

import java.time.Duration;

/** How to wait, so that tests need not. */
@FunctionalInterface
interface Sleeper {
  /** Returns after that time by this machine's monotonic clock; no other clock is asked. */
  void of(Duration time);

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for storage", e);
    }
  }
}
