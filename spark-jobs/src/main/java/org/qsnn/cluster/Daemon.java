package org.qsnn.cluster;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.qsnn.Deadline;
import org.qsnn.storage.HostProcess;

/**
 * A process that was started.
 *
 * @param name such as worker-2
 * @param log file that has what it prints
 * @param web address of its web page
 */
public record Daemon(String name, HostProcess process, String log, String web) {
  private static final Duration POLITE = Duration.ofSeconds(15);
  private static final Duration FORCED = Duration.ofSeconds(10);

  public Daemon {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(process, "process");
  }

  public boolean isAlive() {
    return process.runsHere();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Asks it to end, then makes it end; does nothing if it has ended.
   *
   * @throws IllegalStateException if it outlives even that
   */
  void stop() {
    if (isAlive()) {
      ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
    }
    if (!Deadline.in(POLITE).meets(() -> !isAlive())) {
      kill();
    }
  }

  private void kill() {
    if (isAlive()) {
      ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    if (!Deadline.in(FORCED).meets(() -> !isAlive())) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s (process %d) does not end, not even when killed; its log: %s",
              name,
              pid(),
              log));
    }
  }
}
