package org.qsnn;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A moment until which something is waited for. */
public record Deadline(long nanoTime) {
  private static final long POLL_MILLIS = 50;

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public boolean isOver() {
    return left().isNegative();
  }

  /** Until then; negative after it. */
  public Duration left() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  /**
   * Looks again and again; false if the condition does not come true in time.
   *
   * @throws IllegalStateException if the thread is interrupted meanwhile
   */
  public boolean meets(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (isOver()) {
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
