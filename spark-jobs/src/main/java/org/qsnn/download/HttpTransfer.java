package org.qsnn.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qsnn.DataException;
import org.qsnn.Deadline;
import org.qsnn.QsnnException;

/** Fetches into a file what is missing of it; each run is one HTTP request. */
final class HttpTransfer {
  private static final long POLL_MILLIS = 100;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOTHING_LEFT = 416;

  /** Too many requests; bad gateway, unavailable, gateway timeout: another time they may do. */
  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

  private final HttpClient client;
  private final URI source;
  private final long bytes;
  private final Path part;
  private final Duration silence;
  private final Deadline deadline;
  private final Download.Listener listener;
  private volatile long total = -1;

  /** Whether something was there before this transfer, which it has not gone on with yet. */
  private boolean isFound;

  /**
   * @param bytes of the whole file
   * @param silence longest time without a byte
   * @param deadline of the whole download
   */
  HttpTransfer(
      HttpClient client,
      URI source,
      long bytes,
      Path part,
      Duration silence,
      Deadline deadline,
      Download.Listener listener) {
    this.client = client;
    this.source = source;
    this.bytes = bytes;
    this.part = part;
    this.silence = silence;
    this.deadline = deadline;
    this.listener = listener;
    this.isFound = Files.exists(part);
  }

  static long sizeOf(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /**
   * Continues where the file ends; starts again if the server cannot.
   *
   * @throws ServerBusyException if the server asks to come back
   * @throws IOException if the transfer breaks; another run may go on
   * @throws DataException if the server refuses, or offers a file of another length
   */
  void run() throws IOException {
    long offset = sizeOf(part);
    HttpRequest.Builder request = HttpRequest.newBuilder(source);
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    HttpResponse<Path> response =
        await(client.sendAsync(request.build(), info -> body(info, offset)));
    int status = response.statusCode();
    if (BUSY.contains(status)) {
      throw ServerBusyException.of(status, response.headers());
    }
    if (status != OK && status != PARTIAL && status != NOTHING_LEFT) {
      throw new DataException(source + ": expected status 200, found " + status);
    }
    requireRoom(sizeOf(part));
    listener.received(sizeOf(part), sizeOf(part));
  }

  private BodySubscriber<Path> body(ResponseInfo info, long offset) {
    long length = length(info);
    return switch (info.statusCode()) {
      case OK -> {
        requireLength(length);
        total = bytes;
        keepWhatWasFound();
        yield BodySubscribers.ofFile(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
      }
      case PARTIAL -> {
        requireRange(info, offset);
        requireRoom(offset + length);
        total = bytes;
        isFound = false;
        yield BodySubscribers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      }
      default -> BodySubscribers.replacing(part);
    };
  }

  /** −1 where the server does not say it, or says no number. */
  private static long length(ResponseInfo info) {
    String text = info.headers().firstValue("Content-Length").orElse("");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  private void keepWhatWasFound() {
    try {
      if (isFound) {
        Download.setAside(part);
        isFound = false;
      }
    } catch (IOException e) {
      throw new DataException(part + ": cannot be set aside for a new download: " + e, e);
    }
  }

  private void requireRange(ResponseInfo info, long offset) {
    String range = info.headers().firstValue("Content-Range").orElse("none");
    if (!range.startsWith("bytes " + offset + "-")) {
      throw new DataException(
          source + ": expected the bytes from " + offset + " on, found Content-Range: " + range);
    }
  }

  /** Where the server says it: a body without length ends with the connection. */
  private void requireLength(long found) {
    if (found >= 0 && found != bytes) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the file of %d bytes, found one of %d",
              source,
              bytes,
              found));
    }
  }

  private void requireRoom(long found) {
    if (found > bytes) {
      throw new DataException(
          String.format(
              Locale.ROOT, "%s: expected the file of %d bytes, found more", source, bytes));
    }
  }

  private HttpResponse<Path> await(CompletableFuture<HttpResponse<Path>> exchange)
      throws IOException {
    long size = -1;
    long heard = System.nanoTime();
    while (true) {
      try {
        return exchange.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = System.nanoTime();
        if (sizeOf(part) != size) {
          size = sizeOf(part);
          heard = now;
          listener.received(size, total);
        }
        if (size > bytes) {
          exchange.cancel(true);
          requireRoom(size);
        }
        if (now - heard > silence.toNanos() || deadline.isOver()) {
          exchange.cancel(true);
          throw new HttpTimeoutException(
              deadline.isOver()
                  ? "the time is up"
                  : "no byte for " + silence.toMillis() / 1e3 + " s");
        }
      } catch (ExecutionException e) {
        throw unwrapped(e.getCause());
      } catch (InterruptedException e) {
        exchange.cancel(true);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while downloading " + source, e);
      }
    }
  }

  private static IOException unwrapped(Throwable cause) {
    if (cause instanceof QsnnException e) {
      throw e;
    }
    return cause instanceof IOException e ? e : new IOException(cause);
  }
}
