package org.qsnn.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.qsnn.download.Download;

/** The reader of HTTP: a server that answers every request with the same bytes. */
final class HttpAnswers implements AutoCloseable {
  private static final String BODY = "0123456789";
  private static final String MD5 = "781e5e245d69b566979b86e28d23f2c7";
  private static final Download.Limits LIMITS =
      new Download.Limits(
          Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ZERO);

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Path file;
  private volatile byte[] answer = new byte[0];

  /**
   * @param root for the files that are downloaded
   */
  HttpAnswers(Path root) throws IOException {
    this.file = Files.createDirectories(root.resolve("http")).resolve("x");
    // It tells each further attempt.
    Configurator.setLevel(Download.class, Level.OFF);
    Thread thread = new Thread(this::serve, "answers");
    thread.setDaemon(true);
    thread.start();
  }

  FuzzedReader reader() throws IOException {
    byte[] good = answer("HTTP/1.1 200 OK", "Content-Length: 10", BODY);
    // The first of a process takes its time, for its classes are to be loaded.
    download(good, Download.Limits.USUAL);
    return FuzzedReader.of(
        "HTTP answer",
        List.of(
            good,
            answer(
                "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "a\r\n" + BODY + "\r\n0\r\n\r\n"),
            answer("HTTP/1.0 200 OK", "Content-Type: x/y", BODY)),
        bytes -> download(bytes, LIMITS));
  }

  private static byte[] answer(String status, String header, String body) {
    return (status + "\r\n" + header + "\r\n\r\n" + body).getBytes(US_ASCII);
  }

  private void download(byte[] bytes, Download.Limits limits) throws IOException {
    answer = bytes;
    Files.deleteIfExists(file);
    Files.deleteIfExists(file.resolveSibling("x.part"));
    URI source = URI.create("http://localhost:" + server.getLocalPort() + "/x");
    new Download(source, BODY.length(), MD5, limits).to(file, (received, total) -> {});
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          InputStream request = socket.getInputStream();
          OutputStream out = socket.getOutputStream()) {
        readHeader(request);
        out.write(answer);
      } catch (IOException e) {
        // The client has gone, or the test has ended.
        continue;
      }
    }
  }

  private static void readHeader(InputStream request) throws IOException {
    int ends = 0;
    for (int next = request.read(); next >= 0 && ends < 4; next = ends == 4 ? -1 : request.read()) {
      ends = next == '\r' || next == '\n' ? ends + 1 : 0;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
