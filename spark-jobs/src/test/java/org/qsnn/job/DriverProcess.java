package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.launcher.JavaModuleOptions;

/** A command as a process of its own, with Spark inside: it can be killed and stopped. */
final class DriverProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(120);
  private static final long POLL_MILLIS = 5;

  private final Process process;
  private final Path out;
  private final Path err;

  private DriverProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts {@code qsnn train}; the first compiler alone makes a short life shorter. */
  static DriverProcess train(TinyTraining tiny, String run, String... options) throws IOException {
    return train(List.of(), tiny, run, options);
  }

  /**
   * @param jvmOptions after, and so instead of, those that every driver has
   */
  static DriverProcess train(
      List<String> jvmOptions, TinyTraining tiny, String run, String... options)
      throws IOException {
    return start(tiny, jvmOptions, tiny.arguments(run, options));
  }

  /** Starts a command. */
  static DriverProcess start(TinyTraining tiny, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    return start(tiny, List.of(), jvmOptions, arguments);
  }

  /**
   * @param launcher words before {@code java}
   */
  static DriverProcess start(
      TinyTraining tiny, List<String> launcher, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-Dspark.master=local[1]"));
    command.addAll(List.of("-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1"));
    command.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
    command.addAll(jvmOptions);
    command.add(Main.class.getName());
    command.addAll(arguments);
    Path out = Files.createTempFile(tiny.root(), arguments.get(0) + "-", ".out");
    Path err = Files.createTempFile(tiny.root(), arguments.get(0) + "-", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new DriverProcess(builder.start(), out, err);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until something is so while the process lives. */
  void await(String what, BooleanSupplier isSo) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!isSo.getAsBoolean()) {
      assertThat(isAlive())
          .as("driver %d lives until %s; it said: %s", pid(), what, err())
          .isTrue();
      assertThat(System.nanoTime())
          .as("driver %d, waiting until %s; it said: %s", pid(), what, err())
          .isLessThan(deadline);
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** STOP, CONT, TERM … */
  void signal(String name) throws IOException, InterruptedException {
    int exitCode =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    assertThat(exitCode).as("kill -%s %d", name, pid()).isZero();
  }

  /** {@code kill -9}, of a driver that was at work. */
  void kill() throws InterruptedException {
    assertThat(isAlive())
        .as("driver %d lives when it is killed; it said: %s", pid(), err())
        .isTrue();
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    boolean hasEnded = process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(hasEnded).as("driver %d ends; it said: %s", pid(), err()).isTrue();
    return process.exitValue();
  }

  /** What it said itself, line by line. */
  List<String> complaints() {
    return err().lines().filter(line -> line.startsWith("qsnn: ")).toList();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves no process behind. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
