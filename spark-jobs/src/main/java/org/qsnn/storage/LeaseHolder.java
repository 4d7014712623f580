package org.qsnn.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.qsnn.json.JsonRecords;

/**
 * Who holds a lease: the contents of its file.
 *
 * @param since when it was acquired, by the holder's clock; for people
 * @param token tells two leases of one process apart
 * @param heartbeats that the holder has given so far: the file changes with each, whatever the file
 *     system's clock does
 */
record LeaseHolder(HostProcess process, String since, String token, long heartbeats) {
  private static final int SHOWN = 100;

  LeaseHolder {
    Objects.requireNonNull(process, "process");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(token, "token");
  }

  static LeaseHolder here() {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new LeaseHolder(HostProcess.current(), now, UUID.randomUUID().toString(), 0);
  }

  LeaseHolder afterHeartbeat() {
    return new LeaseHolder(process, since, token, heartbeats + 1);
  }

  byte[] bytes() {
    return JsonRecords.line(this);
  }

  /**
   * Empty if the bytes do not say who it is: of a file that is just being written, is damaged, or
   * is another version's. What this version does not know of is left out.
   */
  static Optional<LeaseHolder> of(byte[] bytes) {
    try {
      return Optional.ofNullable(JsonRecords.readLenient(bytes, LeaseHolder.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "host %s, pid %d, since %s",
        printable(process.host()),
        process.pid(),
        printable(since));
  }

  /** A file may hold anything, also what moves a terminal's cursor. */
  private static String printable(String text) {
    return text.substring(0, Math.min(SHOWN, text.length())).replaceAll("[^ -~]", "?");
  }
}
