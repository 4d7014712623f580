package org.qsnn.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A checkout with the real launcher and nothing else that is real: scripts stand for Java, Maven
 * and Spark, so that a start takes milliseconds and shows what the launcher asks of them.
 *
 * @param root holds the checkout and the scripts
 * @param folder of the checkout
 */
record Checkout(Path root, Path folder) {
  private static final Path LAUNCHER = Path.of("..", "qsnn").toAbsolutePath().normalize();
  private static final long DEADLINE_SECONDS = 60;
  private static final int NOBODY = 65534;

  /** How a start ended. */
  record Outcome(int exitCode, String out, String err) {
    void assertRefused(String... parts) {
      assertThat(err).startsWith("qsnn: ").hasLineCount(1).contains(parts);
      assertThat(exitCode).isEqualTo(2);
    }
  }

  /** With a jar that is newer than the sources. */
  static Checkout built(Path root, String name) throws IOException {
    Checkout checkout = unbuilt(root, name);
    Files.createDirectories(checkout.jar().getParent());
    Files.createFile(checkout.jar());
    return checkout;
  }

  static Checkout unbuilt(Path root, String name) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Checkout checkout = new Checkout(root, root.resolve(name));
    Path source = checkout.source();
    Files.createDirectories(source.getParent());
    Files.createDirectories(checkout.folder.resolve("core-math"));
    Files.createFile(source);
    checkout.touch(source, Instant.EPOCH);
    Files.copy(LAUNCHER, checkout.folder.resolve("qsnn"));
    checkout.script("jdk/bin/javac", "");
    checkout.java("17.0.1", "17", "UTF-8");
    checkout.script("path/mvn", "echo build >>\"$ROOT/builds\"; touch \"$JAR\"");
    // Spark's launcher prints the parts of a command line; what is started then prints what stands
    // behind its class, an end of line after each.
    checkout.script(
        "spark-launcher",
        "while [[ $1 != org.apache.spark.deploy.SparkSubmit ]]; do shift; done;"
            + " printf '\\0\\n'; printf '%s\\0' \"$JAVA_HOME/bin/java\" -cp 'jars/*' \"$@\"");
    checkout.script(
        "submission",
        "while [[ $1 != org.qsnn.job.Submission ]]; do shift; done; printf '%s\\n' \"${@:2}\"");
    Files.createDirectories(root.resolve("spark/jars"));
    Files.createFile(root.resolve("spark/jars/spark-core_2.13-4.0.4.jar"));
    return checkout;
  }

  Path jar() {
    return folder.resolve("spark-jobs/target/qsnn.jar");
  }

  Path source() {
    return folder.resolve("spark-jobs/src/main/java/A.java");
  }

  /** A Java that says so of itself, and of the encoding of the names of files. */
  void java(String version, String specification, String encoding) throws IOException {
    script(
        "jdk/bin/java",
        "case \"$*\" in"
            + " *org.apache.spark.launcher.Main*) exec \"$ROOT/spark-launcher\" \"$@\";;"
            + " *org.qsnn.job.Submission*) exec \"$ROOT/submission\" \"$@\";;"
            + " esac; printf '    %s\\n' 'java.home = "
            + root.resolve("jdk")
            + "' 'java.version = "
            + version
            + "' 'java.specification.version = "
            + specification
            + "' 'sun.jnu.encoding = "
            + encoding
            + "' >&2");
  }

  void script(String name, String commands) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + commands + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void touch(Path file, Instant time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /** Starts as somebody who may write nothing here, not even as root would. */
  Outcome runAsStranger(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (Files.getAttribute(root, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0)) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    } else {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    command.add(folder.resolve("qsnn").toString());
    command.addAll(List.of(arguments));
    return outcome(start(Map.of(), command));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return runIn(Map.of(), arguments);
  }

  /**
   * @param environment variables beside those that a checkout needs
   */
  Outcome runIn(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return outcome(start(environment, arguments));
  }

  Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("qsnn").toString()));
    command.addAll(List.of(arguments));
    return start(environment, command);
  }

  Process start(Map<String, String> environment, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.matches("(SPARK|JAVA|_JAVA|JDK|LC|HADOOP|QSNN)_.*"));
    variables.put("PATH", root.resolve("path") + ":" + variables.get("PATH"));
    variables.put("JAVA_HOME", root.resolve("jdk").toString());
    variables.put("SPARK_HOME", root.resolve("spark").toString());
    variables.put("ROOT", root.toString());
    variables.put("JAR", jar().toString());
    variables.putAll(environment);
    return builder.start();
  }

  static Outcome outcome(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    return new Outcome(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), UTF_8),
        new String(process.getErrorStream().readAllBytes(), UTF_8));
  }
}
