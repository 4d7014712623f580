package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Fails as it is told. */
  @Command(name = "fail")
  static final class Fail implements Callable<Integer> {
    @Option(names = "--bug")
    private boolean bug;

    @Override
    public Integer call() {
      throw bug ? new IllegalStateException("impossible") : new DataException("a.bin: truncated");
    }
  }

  @Test
  void helpShowsCommandsExitCodesAndExamples() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("Commands:", "fetch", "Exit codes:", "diverged training", "Examples:")
        .contains("--debug");
  }

  @Test
  void helpOfACommandShowsDebugAndExamples() {
    assertThat(run("fetch", "--help")).isZero();
    assertThat(out.toString()).contains("--debug", "--url", "qsnn fetch cifar10 data/cifar10");
  }

  @Test
  void versionNamesTheProgramAndJava() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("qsnn ", "Java " + System.getProperty("java.version"));
  }

  @Test
  void missingCommandIsAConfigurationError() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("qsnn: a command is missing", "See qsnn --help");
  }

  @Test
  void unknownOptionAndCommandAreAnsweredWithTheNearest() {
    assertThat(run("fetch", "cifar10", "dir", "--urk")).isEqualTo(2);
    assertThat(err.toString()).contains("--urk", "--url", "See qsnn fetch --help");

    assertThat(run("fetsh")).isEqualTo(2);
    assertThat(err.toString()).contains("fetsh", "qsnn fetch");
  }

  @Test
  void unknownArchiveNamesTheKnownOnes() {
    assertThat(run("fetch", "mnist", "dir")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "qsnn: NAME: found mnist, allowed are cifar10, cifar100" + System.lineSeparator());
  }

  @Test
  void remoteFolderOfFetchIsRejected() {
    assertThat(run("fetch", "cifar10", "hdfs://host/dir")).isEqualTo(2);
    assertThat(err.toString()).contains("DIR: found hdfs://host/dir");
  }

  @Test
  void failureIsOneLineWithTheExitCodeOfItsFamily() {
    assertThat(run("fail")).isEqualTo(3);
    assertThat(err.toString()).isEqualTo("qsnn: a.bin: truncated" + System.lineSeparator());
  }

  @Test
  void debugShowsTheStackTraceBeforeOrAfterTheCommand() {
    assertThat(run("fail", "--debug")).isEqualTo(3);
    assertThat(run("--debug", "fail")).isEqualTo(3);
    assertThat(err.toString().split("DataException: a.bin: truncated\\R\\s+at ", -1)).hasSize(3);
  }

  @Test
  void bugSaysWhereItsStackTraceIs() throws IOException {
    assertThat(run("fail", "--bug")).isEqualTo(1);

    Matcher file = Pattern.compile("stack trace is in (\\S+)").matcher(err.toString());
    assertThat(err.toString()).contains("bug in qsnn", "IllegalStateException: impossible");
    assertThat(file.find()).isTrue();
    Path trace = Path.of(file.group(1));
    assertThat(trace).content().contains("MainTest$Fail.call");
    Files.delete(trace);
  }

  private int run(String... args) {
    CommandLine command = Main.commandLine().addSubcommand(new Fail());
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
