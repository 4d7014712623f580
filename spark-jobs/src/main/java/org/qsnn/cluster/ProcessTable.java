package org.qsnn.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.qsnn.DataException;

/**
 * When processes were born, as Linux tells: the boot and the clock ticks since, which no two
 * processes with one id share. {@link ProcessHandle} counts from a wall clock that may be set.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /** Of the fields in {@code /proc/PID/stat} behind the name: its state, and when it started. */
  private static final int STATE = 0;

  private static final int START = 19;

  /** Ended, though the parent has not looked yet. */
  private static final Set<String> ENDED = Set.of("Z", "X");

  private ProcessTable() {}

  /** Empty if there is no such process. */
  static Optional<String> born(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      // The name stands in parentheses and may contain anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return ENDED.contains(fields[STATE])
          ? Optional.empty()
          : Optional.of(boot() + "+" + fields[START]);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return gone(pid, e);
    }
  }

  /** A process that ends while it is looked at is no error. */
  private static Optional<String> gone(long pid, IOException e) {
    if (Files.exists(PROC.resolve(Long.toString(pid)))) {
      throw new DataException("process " + pid + ": " + PROC + " cannot be read: " + e, e);
    }
    return Optional.empty();
  }

  private static String boot() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }
}
