package org.qsnn.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qsnn.Deadline;

/**
 * A Zeppelin server as a process of its own, with the interpreter of Markdown, which is the one
 * that can be had here. It listens on the loopback address and has no pages: people's browsers are
 * elsewhere.
 */
final class ZeppelinServer implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  /** The server's jars and its interpreter's, which the module {@code notebooks} brings. */
  private static final Path JARS =
      Path.of("..", "notebooks", "target", "zeppelin-home", "lib").toAbsolutePath().normalize();

  /** What Zeppelin starts for an interpreter; its own script wants a Hadoop and much else. */
  private static final String INTERPRETER =
      """
      #!/bin/sh
      while getopts "c:d:g:i:l:p:r:u:" option; do
        case $option in
          c) host=$OPTARG ;;
          p) port=$OPTARG ;;
          i) group=$OPTARG ;;
          r) ports=$OPTARG ;;
        esac
      done
      exec "%s" -XX:TieredStopAtLevel=1 -cp "%s/*" \\
        org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer "$host" "$port" "$group" "$ports"
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final Process process;
  private final URI api;

  private ZeppelinServer(Process process, URI api) {
    this.process = process;
    this.api = api;
  }

  /**
   * Starts it.
   *
   * @param home an empty folder
   */
  static ZeppelinServer in(Path home) throws Exception {
    assertThat(JARS).as("mvn package -pl notebooks brings it").isDirectory();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (String folder : List.of("bin", "conf", "notebook", "pages", "interpreter/md")) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.writeString(home.resolve("pages/index.html"), "<!DOCTYPE html>");
    Path script = home.resolve("bin/interpreter.sh");
    Files.writeString(script, INTERPRETER.formatted(java, JARS));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Stream<Path> jars = Files.list(JARS)) {
      Path markdown = jars.filter(jar -> jar.toString().contains("markdown-")).findAny().get();
      Files.copy(markdown, home.resolve("interpreter/md").resolve(markdown.getFileName()));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            JARS + "/*",
            "org.apache.zeppelin.server.ZeppelinServer");
    builder
        .environment()
        .putAll(
            Map.of(
                "ZEPPELIN_HOME", home.toString(),
                "ZEPPELIN_CONF_DIR", home.resolve("conf").toString(),
                "ZEPPELIN_NOTEBOOK_DIR", home.resolve("notebook").toString(),
                "ZEPPELIN_WAR", home.resolve("pages").toString(),
                "ZEPPELIN_ANGULAR_WAR", home.resolve("pages").toString(),
                "ZEPPELIN_IDENT_STRING", "qsnn",
                "ZEPPELIN_ADDR", "127.0.0.1",
                "ZEPPELIN_LOCAL_IP", "127.0.0.1",
                "ZEPPELIN_PORT", Integer.toString(port),
                "ZEPPELIN_RUN_MODE", "local"));
    Path said = home.resolve("said.txt");
    Process process =
        builder
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    ZeppelinServer server =
        new ZeppelinServer(process, URI.create("http://127.0.0.1:" + port + "/api/"));
    boolean answers = Deadline.in(DEADLINE).meets(() -> server.answers() || !process.isAlive());
    if (!answers || !process.isAlive()) {
      server.close();
      throw new AssertionError("Zeppelin must answer; it said: " + Files.readString(said));
    }
    return server;
  }

  private boolean answers() {
    try {
      return get("version").isTextual() || get("version").isObject();
    } catch (IOException e) {
      return false;
    }
  }

  /** Imports a note; returns the id that it has here. */
  String add(Note note) throws IOException {
    return body(HttpRequest.newBuilder(api.resolve("notebook/import"))
            .POST(BodyPublishers.ofFile(note.file())))
        .asText();
  }

  /** A note as it is kept here. */
  JsonNode note(String id) throws IOException {
    return get("notebook/" + id);
  }

  /** Runs a paragraph and waits for its end; returns its code and messages. */
  JsonNode run(String note, String paragraph) throws IOException {
    return body(
        HttpRequest.newBuilder(api.resolve("notebook/run/" + note + "/" + paragraph))
            .POST(BodyPublishers.ofString("{\"params\":{}}")));
  }

  private JsonNode get(String path) throws IOException {
    return body(HttpRequest.newBuilder(api.resolve(path)));
  }

  private JsonNode body(HttpRequest.Builder request) throws IOException {
    try {
      String answer =
          client
              .send(
                  request.header("Content-Type", "application/json").timeout(DEADLINE).build(),
                  BodyHandlers.ofString())
              .body();
      JsonNode json = mapper.readTree(answer);
      if (!json.path("status").asText().equals("OK")) {
        throw new AssertionError("Zeppelin must answer OK; found " + json.path("message"));
      }
      return json.path("body");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends it and its interpreters. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    assertThat(Deadline.in(DEADLINE).meets(() -> all.stream().noneMatch(ProcessHandle::isAlive)))
        .as("Zeppelin and its interpreters have ended")
        .isTrue();
  }
}
