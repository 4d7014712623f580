package org.qsnn.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a lease: the contents of its file.
 *
 * @param since when it was acquired, by the holder's clock; for people
 * @param token tells two leases of one process apart
 */
record LeaseHolder(HostProcess process, String since, String token) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  static LeaseHolder here() {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new LeaseHolder(HostProcess.current(), now, UUID.randomUUID().toString());
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Empty if the bytes are none of ours, such as a file that is just being written. */
  static Optional<LeaseHolder> of(byte[] bytes) {
    try {
      return Optional.ofNullable(JSON.readValue(bytes, LeaseHolder.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "host %s, pid %d, since %s", process.host(), process.pid(), since);
  }
}
