package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;
import org.qsnn.storage.FileStore;
import org.qsnn.training.LoggedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void numbersAndWordsThatOptionsDoNotTakeAreSaidInTheSameWords() {
    assertThat(refusal("export", "m", "--to=c", "--out=c", "--max-flash=12k"))
        .contains(
            "'--max-flash': must be a whole number of at most 9223372036854775807; found 12k");
    assertThat(refusal("bench", "--batch=99999999999"))
        .contains("'--batch': must be a whole number of at most 2147483647; found 99999999999");
    assertThat(refusal("predict", "m", "--in=a", "--to=b", "--format=xml"))
        .contains("'--format': must be parquet, json or csv; found xml");
  }

  private String refusal(String... arguments) {
    CommandLine main = Main.commandLine(CommandProcess.inside(new PrintWriter(err, true)));
    assertThat(main.setErr(new PrintWriter(err, true)).execute(arguments)).isEqualTo(2);
    return err.toString();
  }

  /** Fails as it is told. */
  @Command(name = "fail")
  static final class Fail implements Callable<Integer> {
    @Option(names = "--bug")
    private boolean bug;

    @Option(names = "--error")
    private String error;

    @Override
    public Integer call() {
      if (error != null) {
        throw error.equals("memory")
            ? new OutOfMemoryError("Java heap space")
            : new StackOverflowError();
      }
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
        .isEqualTo("qsnn: NAME: must be cifar10 or cifar100; found mnist" + System.lineSeparator());
  }

  @Test
  void remoteFolderOfFetchIsRejected() {
    assertThat(run("fetch", "cifar10", "hdfs://host/dir")).isEqualTo(2);
    assertThat(err.toString()).contains("hdfs://host/dir: expected a path on the local disk");
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

  @Test
  void errorsAreFailuresToo() throws IOException {
    assertThat(run("fail", "--error", "memory")).isEqualTo(2);
    assertThat(err.toString()).contains("the heap is exhausted", "--driver-memory", "qsnn doctor");
    deleteTrace();

    assertThat(run("fail", "--error", "stack")).isEqualTo(2);
    assertThat(err.toString()).contains("the stack is exhausted");
    deleteTrace();
  }

  @Test
  void whatFailsBesidesIsToldToo() {
    LoggedException failure =
        new LoggedException("runs/a/run.log", new DataException("a.bin: truncated"));
    failure.addSuppressed(new DataException("/tmp/x.log: the run's log cannot be uploaded"));
    PrintWriter writer = new PrintWriter(err, true);

    assertThat(CommandProcess.inside(writer).report(failure, writer, false)).isEqualTo(3);
    assertThat(err.toString().lines())
        .containsExactly(
            "qsnn: a.bin: truncated", "qsnn: /tmp/x.log: the run's log cannot be uploaded");
  }

  @Test
  void storageThatFailsIsToldOnceAlthoughTheLeaseStaysThereToo() {
    Configuration configuration = new Configuration();
    configuration.setInt("ipc.client.connect.max.retries", 0);
    FileStore away = FileStore.of(configuration);
    Throwable write = catchThrowable(() -> away.list("hdfs://127.0.0.1:1/runs/a"));
    Throwable release = catchThrowable(() -> away.list("hdfs://127.0.0.1:1/runs/a/lease"));
    LoggedException failure = new LoggedException("runs/a/run.log", write);
    failure.addSuppressed(new DataException("/tmp/x.log: the run's log cannot be uploaded"));
    failure.addSuppressed(release);
    PrintWriter writer = new PrintWriter(err, true);

    assertThat(CommandProcess.inside(writer).report(failure, writer, false)).isEqualTo(3);
    assertThat(err.toString().lines())
        .hasSize(2)
        .noneMatch(line -> line.contains("lease"))
        .element(1)
        .isEqualTo("qsnn: /tmp/x.log: the run's log cannot be uploaded");
  }

  @Test
  void commandThatASignalEndsSaysSoWhateverItThrows() {
    PrintWriter writer = new PrintWriter(err, true);
    CommandProcess process = CommandProcess.inside(writer);
    process.stop().received("TERM", 15);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(process.report(new IllegalStateException("x"), writer, false)).isEqualTo(143);
    assertThat(err.toString()).endsWith("qsnn: ended by SIGTERM" + System.lineSeparator());
  }

  private void deleteTrace() throws IOException {
    Matcher file = Pattern.compile("stack trace is in (\\S+)").matcher(err.toString());
    assertThat(file.find()).isTrue();
    Files.delete(Path.of(file.group(1)));
    err.getBuffer().setLength(0);
  }

  private int run(String... args) {
    CommandProcess process = CommandProcess.inside(new PrintWriter(err, true));
    CommandLine command = Main.commandLine(process).addSubcommand(new Fail());
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
