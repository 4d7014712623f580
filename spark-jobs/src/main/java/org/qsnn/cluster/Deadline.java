package org.qsnn.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A moment until which something is waited for. */
record Deadline(long nanoTime) {
  private static final long POLL_MILLIS = 50;

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Looks again and again; false if the condition does not come true in time. */
  boolean meets(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - nanoTime > 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a process", e);
    }
  }
}
