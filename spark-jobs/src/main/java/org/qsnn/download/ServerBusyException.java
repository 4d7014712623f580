package org.qsnn.download;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** A server that cannot answer now, and perhaps says when to come back. */
final class ServerBusyException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final String SECONDS = "\\d{1,9}";

  private final Duration retryAfter;

  private ServerBusyException(int status, Duration retryAfter) {
    super("the server is busy (status " + status + ")");
    this.retryAfter = retryAfter;
  }

  /** A date in {@code Retry-After} is left alone: it would compare two clocks. */
  static ServerBusyException of(int status, HttpHeaders headers) {
    String after = headers.firstValue("Retry-After").map(String::strip).orElse("");
    return new ServerBusyException(
        status, after.matches(SECONDS) ? Duration.ofSeconds(Long.parseLong(after)) : Duration.ZERO);
  }

  /** Zero if it does not say. */
  Duration retryAfter() {
    return retryAfter;
  }
}
