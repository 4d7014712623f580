package org.qsnn.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.ConfigurationException;
import org.qsnn.ControlCharacters;
import org.qsnn.DataException;
import org.qsnn.Deadline;
import org.qsnn.Hashes;

/**
 * Downloads one file of known MD5 over HTTP. What has arrived stays in {@code FILE.part}; a broken
 * download is resumed from there (HTTP Range), within one call and in the next. {@code FILE} itself
 * appears whole and checked, or not at all.
 */
public final class Download {
  private static final Logger LOG = LogManager.getLogger();
  private static final int ATTEMPTS = 5;
  private static final int LONGEST_CHAIN = 10;
  private static final int MOST_PORT = 65535;

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param silence for the next byte
   * @param total for the whole file
   * @param pause before a second attempt; four times as long before each further one, and longer
   *     where a busy server asks for it
   */
  public record Limits(Duration connect, Duration silence, Duration total, Duration pause) {
    /** Fits a slow line: a silent server is given up soon, a slow one late. */
    public static final Limits USUAL =
        new Limits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofHours(6),
            Duration.ofSeconds(2));
  }

  /** Hears how much has arrived. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param total size of the file, or −1 as long as it is unknown
     */
    void received(long bytes, long total);
  }

  private final URI source;
  private final long bytes;
  private final String md5;
  private final Limits limits;
  private final HttpClient client;

  /** The source, and the proxy on the way to it: for messages. */
  private final String route;

  /**
   * Through the proxies of this process's environment.
   *
   * @param bytes of the file
   * @throws ConfigurationException if the source is no http or https address, or the proxy for it
   *     no HTTP proxy
   */
  public Download(URI source, long bytes, String md5, Limits limits) {
    this(source, bytes, md5, limits, System.getenv());
  }

  Download(URI source, long bytes, String md5, Limits limits, Map<String, String> environment) {
    if (source.getHost() == null
        || source.getPort() > MOST_PORT
        || !String.valueOf(source.getScheme()).matches("https?")) {
      throw new ConfigurationException("--url: must be an http or https address; found " + source);
    }
    this.source = source;
    this.bytes = bytes;
    this.md5 = md5;
    this.limits = limits;
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    this.client = client(proxies);
    this.route =
        proxies
            .named(source)
            .map(proxy -> source + " through the proxy " + proxy)
            .orElse("" + source);
  }

  private HttpClient client(EnvironmentProxies proxies) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(limits.connect())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(proxies);
    proxies
        .authenticator(source)
        .ifPresent(
            authenticator -> {
              // Java keeps passwords from proxies of https unless it is told otherwise.
              System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
              builder.authenticator(authenticator);
            });
    return builder.build();
  }

  /**
   * Downloads to a file; a file that is there already is only checked.
   *
   * @throws DataException if the server refuses, the connection breaks again and again, a time
   *     limit passes, the file cannot be written, or its length or MD5 is not the published one
   */
  public void to(Path file, Listener listener) {
    try {
      if (Files.exists(file)) {
        requireHash(file, "move the file away to download it again");
        return;
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      createFolder(part.toAbsolutePath().getParent());
      boolean isOurs = !Files.exists(part);
      if (!isOurs && Files.size(part) > bytes) {
        setAside(part);
        isOurs = true;
      }
      if (HttpTransfer.sizeOf(part) < bytes) {
        receive(part, isOurs, listener);
      }
      publish(part, file, isOurs);
    } catch (IOException e) {
      throw new DataException(file + ": cannot write the download: " + e, e);
    }
  }

  private static void createFolder(Path folder) throws IOException {
    for (Path above = folder; above != null; above = above.getParent()) {
      if (Files.exists(above) && !Files.isDirectory(above)) {
        throw new DataException(above + ": must be a folder; found a file");
      }
    }
    Files.createDirectories(folder);
  }

  private void receive(Path part, boolean isOurs, Listener listener) throws IOException {
    try {
      receive(part, listener);
    } catch (DataException e) {
      if (isOurs && HttpTransfer.sizeOf(part) > bytes) {
        Files.delete(part);
      }
      throw e;
    }
  }

  private void receive(Path part, Listener listener) throws IOException {
    Deadline deadline = Deadline.in(limits.total());
    HttpTransfer transfer =
        new HttpTransfer(client, source, bytes, part, limits.silence(), deadline, listener);
    Duration pause = limits.pause();
    for (int attempt = 1; ; attempt++) {
      try {
        transfer.run();
        return;
      } catch (IOException e) {
        Duration wait = pause(e, pause);
        boolean isMistyped = attempt == 1 && isUnknownHost(e);
        if (isMistyped || attempt == ATTEMPTS || deadline.left().compareTo(wait) < 0) {
          throw stopped(attempt, part, e);
        }
        LOG.warn("{}: {}; trying again in {} s", route, shown(e), wait.toSeconds());
        sleep(wait);
      }
      pause = pause.multipliedBy(4);
    }
  }

  private static boolean isUnknownHost(IOException e) {
    return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .limit(LONGEST_CHAIN)
        .anyMatch(UnresolvedAddressException.class::isInstance);
  }

  /** May quote what a server sent. */
  private static String shown(IOException e) {
    if (isUnknownHost(e)) {
      return "the host is unknown";
    }
    String unsaid = e instanceof ConnectException ? "cannot connect" : e.toString();
    String message = e.getMessage() == null ? unsaid : e.getMessage();
    return ControlCharacters.shownOnOneLine(message.substring(0, Math.min(200, message.length())));
  }

  private static Duration pause(IOException e, Duration usual) {
    boolean isAsked =
        e instanceof ServerBusyException busy && busy.retryAfter().compareTo(usual) > 0;
    return isAsked ? ((ServerBusyException) e).retryAfter() : usual;
  }

  private void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while downloading " + source, e);
    }
  }

  private DataException stopped(int attempts, Path part, IOException cause) throws IOException {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: the download stopped at attempt %d: %s; %d bytes are kept in %s, and the same command resumes it",
            route,
            attempts,
            shown(cause),
            HttpTransfer.sizeOf(part),
            part),
        cause);
  }

  private void publish(Path part, Path file, boolean isOurs) throws IOException {
    try {
      requireHash(part, isOurs ? "the file is removed" : "the file is set aside");
    } catch (DataException e) {
      if (isOurs) {
        Files.delete(part);
      } else {
        setAside(part);
      }
      throw e;
    }
    // Not in place of a file that has come there meanwhile.
    Files.move(part, file);
  }

  /** Keeps what was there before the download, and need not be of it, under another name. */
  static void setAside(Path part) throws IOException {
    int number = 1;
    while (Files.exists(part.resolveSibling(part.getFileName() + ".damaged-" + number))) {
      number++;
    }
    Files.move(part, part.resolveSibling(part.getFileName() + ".damaged-" + number));
  }

  private void requireHash(Path file, String remedy) throws IOException {
    String found = md5Of(file);
    if (!found.equals(md5)) {
      throw new DataException(
          file + " (" + source + "): expected MD5 " + md5 + ", found " + found + "; " + remedy);
    }
  }

  private static String md5Of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Hashes.of(Hashes.md5(), in);
    }
  }
}
