package org.qsnn.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of one file, which answers as a test wants it, and where the file is to go. */
abstract class ArchiveServer {
  static final byte[] CONTENT = content(300_000);

  static final Download.Limits LIMITS =
      new Download.Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMillis(1));

  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir Path dir;
  HttpServer server;
  Path file;
  Path part;

  /** How the server answers one request. */
  interface Answer {
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

  void serve(Answer answer) {
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
  static void send(HttpExchange exchange, int status, int offset, int end) throws IOException {
    if (status == 206) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + offset + "-" + (CONTENT.length - 1));
    }
    exchange.sendResponseHeaders(status, CONTENT.length - offset);
    exchange.getResponseBody().write(CONTENT, offset, end - offset);
    exchange.getResponseBody().flush();
  }

  static void refuse(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  static int offset(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  Download download(Download.Limits limits) {
    return new Download(source(), CONTENT.length, md5(CONTENT), limits, Map.of());
  }

  URI source() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/archive.tar.gz");
  }

  static byte[] content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
