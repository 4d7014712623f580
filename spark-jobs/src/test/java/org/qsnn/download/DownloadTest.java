package org.qsnn.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

class DownloadTest {
  private static final byte[] CONTENT = content(300_000);
  private static final Download.Limits LIMITS =
      new Download.Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMillis(1));

  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path dir;
  private HttpServer server;
  private Path file;
  private Path part;

  /** How the server answers one request. */
  private interface Answer {
    void to(HttpExchange exchange, int request) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    file = dir.resolve("new/folder/archive.tar.gz");
    part = dir.resolve("new/folder/archive.tar.gz.part");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void downloadsAWholeFile() {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    List<Long> heard = new ArrayList<>();

    download(LIMITS).to(file, (bytes, total) -> heard.add(bytes));

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(part).doesNotExist();
    assertThat(ranges).containsExactly("none");
    assertThat(heard).last().isEqualTo((long) CONTENT.length);
  }

  @Test
  void asksTheProxyOfTheEnvironment() throws IOException {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    String proxy = "http://127.0.0.1:" + server.getAddress().getPort();
    URI elsewhere = URI.create("http://host.invalid/archive.tar.gz");

    new Download(elsewhere, CONTENT.length, md5(CONTENT), LIMITS, Map.of("http_proxy", proxy))
        .to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aProxyThatCannotBeReachedIsNamed() {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    String proxy = "127.0.0.1:" + server.getAddress().getPort();
    server.stop(0);
    URI source = URI.create("https://host.invalid/archive.tar.gz");
    Map<String, String> environment = Map.of("https_proxy", "http://me:secret@" + proxy);
    Download download = new Download(source, 1, "", LIMITS, environment);

    assertThatThrownBy(() -> download.to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(source + " through the proxy " + proxy + ": the download stopped")
        .hasMessageNotContaining("secret");
  }

  @Test
  void goesOnWhereTheConnectionBroke() {
    serve(
        (exchange, request) -> {
          int offset = offset(exchange);
          int end = request == 0 ? 100_000 : CONTENT.length;
          send(exchange, offset == 0 ? 200 : 206, offset, end);
        });

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("none", "bytes=100000-");
  }

  @Test
  void goesOnWithThePartOfAnEarlierCall() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(CONTENT, 123_456));
    serve((exchange, request) -> send(exchange, 206, offset(exchange), CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("bytes=123456-");
  }

  @Test
  void publishesAPartThatIsCompleteAlready() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, CONTENT);
    serve((exchange, request) -> refuse(exchange, 416));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(part).doesNotExist();
  }

  @Test
  void startsAgainWhenTheServerKnowsNoRanges() {
    serve((exchange, request) -> send(exchange, 200, 0, request == 0 ? 100_000 : CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("none", "bytes=100000-");
  }

  @Test
  void keepsThePartWhenTheConnectionBreaksAgainAndAgain() {
    serve(
        (exchange, request) -> {
          int offset = offset(exchange);
          send(exchange, offset == 0 ? 200 : 206, offset, offset + 1000);
        });

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(source().toString(), "attempt 5", "5000 bytes are kept", ".part");
    assertThat(part).hasSize(5000);
    assertThat(file).doesNotExist();
  }

  @Test
  void removesAFileOfWrongHash() {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    String expected = "0".repeat(32);

    assertThatThrownBy(
            () ->
                new Download(source(), CONTENT.length, expected, LIMITS, Map.of())
                    .to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("expected MD5 " + expected, "found " + md5(CONTENT), "removed");
    assertThat(file).doesNotExist();
    assertThat(part).doesNotExist();
  }

  @Test
  void whatWasThereBeforeIsSetAsideIfItIsOfSomethingElse() throws IOException {
    Files.createDirectories(part.getParent());
    Files.writeString(part, "of another download");
    serve((exchange, request) -> send(exchange, 206, offset(exchange), CONTENT.length));
    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the file is set aside");
    assertThat(part).doesNotExist();
    assertThat(Path.of(part + ".damaged-1")).hasSize(CONTENT.length);
  }

  @Test
  void whatWasThereBeforeIsSetAsideIfTheServerStartsAgain() throws IOException {
    Files.createDirectories(part.getParent());
    Files.writeString(part, "of another download");
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(Path.of(part + ".damaged-1")).hasContent("of another download");
  }

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
  void partThatIsLongerThanTheFileIsSetAside() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, new byte[CONTENT.length + 1]);
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(Path.of(part + ".damaged-1")).hasSize(CONTENT.length + 1);
  }

  @Test
  void refusesAnotherRangeThanItAskedFor() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(CONTENT, 1000));
    serve((exchange, request) -> send(exchange, 206, 2000, CONTENT.length));

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("from 1000 on", "bytes 2000-");
    assertThat(part).hasSize(1000);
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

  @Test
  void onlyChecksAFileThatIsThere() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, CONTENT);
    download(LIMITS).to(file, (bytes, total) -> {});
    assertThat(ranges).isEmpty();

    Files.write(file, new byte[10]);
    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("move the file away");
    assertThat(file).hasSize(10);
  }

  @Test
  void folderThatCannotBeCreatedIsADataError() throws IOException {
    Files.writeString(dir.resolve("new"), "a file where a folder should be");

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), "cannot write");
  }

  @Test
  void otherAddressesThanHttpAreRejected() {
    assertThatThrownBy(() -> new Download(URI.create("ftp://host/x"), 1, "", LIMITS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ftp://host/x");
    assertThatThrownBy(() -> new Download(URI.create("mirror/x"), 1, "", LIMITS))
        .isInstanceOf(ConfigurationException.class);
  }

  private void serve(Answer answer) {
    server.createContext(
        "/archive.tar.gz",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "none" : range);
          try (exchange) {
            answer.to(exchange, ranges.size() - 1);
          }
        });
  }

  /** Promises everything from {@code offset} on, and closes the connection at {@code end}. */
  private static void send(HttpExchange exchange, int status, int offset, int end)
      throws IOException {
    if (status == 206) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + offset + "-" + (CONTENT.length - 1));
    }
    exchange.sendResponseHeaders(status, CONTENT.length - offset);
    exchange.getResponseBody().write(CONTENT, offset, end - offset);
    exchange.getResponseBody().flush();
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  private static int offset(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Download download(Download.Limits limits) {
    return new Download(source(), CONTENT.length, md5(CONTENT), limits, Map.of());
  }

  private URI source() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/archive.tar.gz");
  }

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
