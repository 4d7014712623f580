package org.qsnn.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.qsnn.Deadline;

/**
 * A headless Chromium with a profile of its own. It finds no host by name, so that nothing that it
 * or a page asks for leaves the machine.
 */
public final class Chromium implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> OPTIONS =
      List.of(
          "--headless=new",
          "--remote-debugging-port=0",
          "--no-sandbox", // root has none
          "--host-resolver-rules=MAP * ~NOTFOUND",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--disable-breakpad",
          "--disable-component-update",
          "--disable-extensions",
          "--disable-sync",
          "--force-color-profile=srgb",
          "--hide-scrollbars",
          "--no-default-browser-check",
          "--no-first-run");

  private final Path profile;
  private final Process process;
  private final DevTools tools;

  private Chromium(Path program) throws IOException {
    profile = Files.createTempDirectory("qsnn-chromium");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(OPTIONS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    Path said = profile.resolve("said.txt");
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      tools = new DevTools(address(said));
    } catch (IOException | RuntimeException e) {
      end();
      throw e;
    }
  }

  /** Starts it; the test is aborted where it is not installed, and has failed if it must be. */
  public static Chromium start() throws IOException {
    Optional<Path> program = installed();
    assertThat(program.isPresent() || !"true".equals(System.getenv("CI")))
        .as("one of %s on the PATH", NAMES)
        .isTrue();
    Assumptions.assumeTrue(
        program.isPresent(), () -> "no browser looked at the pages: none of " + NAMES);
    return new Chromium(program.orElseThrow());
  }

  private static Optional<Path> installed() {
    return NAMES.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** It writes its port, and below it the path, once it listens. */
  private URI address(Path said) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    boolean listens =
        Deadline.in(DEADLINE).meets(() -> lines(file).size() >= 2 || !process.isAlive());
    List<String> lines = lines(file);
    assertThat(listens && lines.size() >= 2)
        .as("Chromium listens; it said: %s", Files.readString(said))
        .isTrue();
    return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new, empty tab. */
  public Tab tab() {
    String target =
        tools
            .call("", "Target.createTarget", DevTools.object().put("url", "about:blank"))
            .path("targetId")
            .asText();
    String session =
        tools
            .call(
                "",
                "Target.attachToTarget",
                DevTools.object().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asText();
    return new Tab(tools, target, session);
  }

  /** Ends it with all its processes; deletes its profile. */
  @Override
  public void close() throws IOException {
    tools.close();
    end();
  }

  private void end() throws IOException {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    boolean haveEnded =
        Deadline.in(DEADLINE).meets(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(haveEnded).as("processes %s have ended", all).isTrue();
    List<Path> files;
    try (Stream<Path> below = Files.walk(profile)) {
      files = below.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
