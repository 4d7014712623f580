package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.qsnn.Deadline;

/**
 * A server that speaks S3 and checks signatures, as a process of its own on this machine, with one
 * bucket; and Hadoop's client for it. The profile object-stores copies the files of both.
 */
final class S3Server implements AutoCloseable {
  /** As a path of Hadoop. */
  static final String BUCKET = "s3a://bucket";

  private static final Path FILES = Path.of("target/object-store").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String IDENTITY = "qsnn";
  private static final String SECRET = "of-this-test";

  private final Process process;
  private final int port;
  private final URLClassLoader client;

  private S3Server(Process process, int port, URLClassLoader client) {
    this.process = process;
    this.port = port;
    this.client = client;
  }

  static S3Server start(Path root) throws IOException {
    assertThat(FILES).as("files of the profile object-stores").isDirectory();
    Files.createDirectories(root.resolve("objects/bucket"));
    int port = freePort();
    Properties properties = new Properties();
    properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:" + port);
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", IDENTITY);
    properties.setProperty("s3proxy.credential", SECRET);
    properties.setProperty("jclouds.provider", "filesystem-nio2");
    properties.setProperty("jclouds.identity", IDENTITY);
    properties.setProperty("jclouds.credential", SECRET);
    properties.setProperty("jclouds.filesystem.basedir", root.resolve("objects").toString());
    Path settings = root.resolve("s3proxy.properties");
    try (OutputStream out = Files.newOutputStream(settings)) {
      properties.store(out, null);
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    File log = root.resolve("s3proxy.log").toFile();
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                FILES.resolve("s3proxy.jar").toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    URL[] jars = {file("hadoop-aws.jar"), file("bundle.jar")};
    S3Server server = new S3Server(process, port, new URLClassLoader(jars));
    boolean answers =
        Deadline.in(PATIENCE).meets(() -> !process.isAlive() || server.acceptsConnections());
    if (!answers || !process.isAlive()) {
      server.close();
    }
    assertThat(process.isAlive()).as(() -> "the server is up; it said: " + text(log)).isTrue();
    return server;
  }

  private static String text(File log) {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static URL file(String name) throws IOException {
    return FILES.resolve(name).toUri().toURL();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean acceptsConnections() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Options of Spark that load Hadoop's client, as {@code --packages} would. */
  static List<String> connector() {
    return List.of(
        "--jars",
        "local:" + FILES.resolve("hadoop-aws.jar") + ",local:" + FILES.resolve("bundle.jar"));
  }

  /** What {@code core-site.xml} says of the server. */
  Configuration settings() {
    Configuration settings = new Configuration(false);
    settings.set("fs.s3a.endpoint", "http://127.0.0.1:" + port);
    settings.set("fs.s3a.endpoint.region", "us-east-1");
    settings.set("fs.s3a.path.style.access", "true");
    settings.set("fs.s3a.access.key", IDENTITY);
    settings.set("fs.s3a.secret.key", SECRET);
    settings.set("fs.s3a.attempts.maximum", "2");
    return settings;
  }

  /** Hadoop's client in this JVM. */
  FileSystem fileSystem() throws IOException {
    Configuration configuration = new Configuration();
    settings().forEach(entry -> configuration.set(entry.getKey(), entry.getValue()));
    configuration.setClassLoader(client);
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(client);
    try {
      return FileSystem.newInstance(URI.create(BUCKET), configuration);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  /** Leaves no process behind. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    client.close();
  }
}
