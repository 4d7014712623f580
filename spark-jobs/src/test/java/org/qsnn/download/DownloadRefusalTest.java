package org.qsnn.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;

/** What a server does wrong is named, or tried again where it may pass. */
class DownloadRefusalTest extends ArchiveServer {
  @Test
  void namesTheStatusOfARefusalAndKeepsNoFile() {
    serve((exchange, request) -> refuse(exchange, 404));

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessage(source() + ": expected status 200, found 404");
    assertThat(ranges).hasSize(1);
    assertThat(file).doesNotExist();
    assertThat(part).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void comesBackToABusyServer(int status) {
    serve(
        (exchange, request) -> {
          if (request < 3) {
            exchange.getResponseHeaders().set("Retry-After", request == 0 ? "0" : "a date");
            refuse(exchange, status);
          } else {
            send(exchange, 200, 0, CONTENT.length);
          }
        });

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSize(4);
  }

  @Test
  void givesUpOnAServerThatIsBusyBeyondTheLimit() {
    serve(
        (exchange, request) -> {
          exchange.getResponseHeaders().set("Retry-After", "999999999");
          refuse(exchange, 503);
        });

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("attempt 1", "busy (status 503)");
    assertThat(ranges).hasSize(1);
  }

  @Test
  void refusesAFileOfAnotherLengthBeforeItIsFetched() {
    serve((exchange, request) -> exchange.sendResponseHeaders(200, 1L << 40));

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessage(source() + ": expected the file of 300000 bytes, found one of " + (1L << 40));
    assertThat(part).doesNotExist();
  }

  @Test
  void stopsABodyThatGoesOnBehindTheFile() {
    serve(
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          for (int i = 0; i < 1_000_000; i++) {
            body.write(CONTENT);
          }
        });

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessage(source() + ": expected the file of 300000 bytes, found more");
    assertThat(part).doesNotExist();
    assertThat(file).doesNotExist();
  }

  @Test
  void givesUpOnASilentServer() {
    CountDownLatch end = new CountDownLatch(1);
    serve(
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 10);
          exchange.getResponseBody().flush();
          awaitUninterrupted(end);
        });
    Download.Limits impatient =
        new Download.Limits(
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofMinutes(1),
            Duration.ofMillis(1));

    assertThatThrownBy(() -> download(impatient).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("no byte for 0.2 s", "attempt 5");
    end.countDown();
  }

  @Test
  void givesUpWhenTheTimeIsUp() {
    serve((exchange, request) -> send(exchange, 200, 0, 10));
    Download.Limits noTime =
        new Download.Limits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO, Duration.ofMillis(1));

    assertThatThrownBy(() -> download(noTime).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("attempt 1");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
