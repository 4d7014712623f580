package org.qsnn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;

class RunLogTest {
  private static final Logger LOG = LogManager.getLogger(RunLogTest.class);

  @TempDir Path directory;

  @Test
  void holdsWhatIsLoggedWhileItIsOpen() throws IOException {
    LOG.error("before");
    try (RunLog log = RunLog.in(directory)) {
      LOG.error("step {} of the run", 7);
      assertThat(Files.readString(directory.resolve("run.log")))
          .matches("(?s)\\d{4}-\\d\\d-\\d\\dT.*Z ERROR o\\.q\\.r\\.RunLogTest - step 7 of.*");
    }
    LOG.error("after");

    assertThat(directory.resolve("run.log"))
        .content()
        .contains("step 7 of the run")
        .doesNotContain("before")
        .doesNotContain("after");
  }

  @Test
  void holdsNothingOfARunInAnotherThread() throws Exception {
    Path other = directory.resolve("other");
    CyclicBarrier both = new CyclicBarrier(2);
    CompletableFuture<Void> otherRun =
        CompletableFuture.runAsync(() -> logARun(other, "the other run", both));
    logARun(directory, "this run", both);
    otherRun.get(1, TimeUnit.MINUTES);

    assertThat(directory.resolve("run.log"))
        .content()
        .contains("this run")
        .doesNotContain("the other run");
    assertThat(other.resolve("run.log"))
        .content()
        .contains("the other run")
        .doesNotContain("this run");
  }

  /** Logs while both logs are open. */
  private static void logARun(Path directory, String message, CyclicBarrier both) {
    try (RunLog log = RunLog.in(directory)) {
      both.await(1, TimeUnit.MINUTES);
      LOG.error(message);
      both.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void holdsWhatThreadsLogThatWorkForNoRun() throws Exception {
    try (RunLog log = RunLog.in(directory)) {
      CompletableFuture.runAsync(() -> LOG.error("of the process")).get(1, TimeUnit.MINUTES);
    }
    assertThat(directory.resolve("run.log")).content().contains("of the process");
  }

  @Test
  void aResumedRunContinuesTheFile() {
    try (RunLog log = RunLog.in(directory)) {
      LOG.error("first start");
    }
    try (RunLog log = RunLog.in(directory)) {
      LOG.error("second start");
    }
    assertThat(directory.resolve("run.log")).content().containsSubsequence("first", "second");
  }

  @Test
  void uploadsWhereTheDirectoryIsNotLocal() {
    WrittenFiles written = new WrittenFiles();
    try (RunLog log = RunLog.uploading(written, RunDirectory.LOG)) {
      LOG.error("far away");
      assertThat(written.files).isEmpty();
    }
    assertThat(written.text("run.log")).contains("far away");
  }

  @Test
  void uploadsAlsoWhatIsInARemovedFile() throws IOException {
    Set<Path> before = temporaries();
    WrittenFiles written = new WrittenFiles();
    try (RunLog log = RunLog.uploading(written, RunDirectory.LOG)) {
      LOG.error("before");
      Set<Path> files = temporaries();
      files.removeAll(before);
      assertThat(files).hasSize(1);
      Files.delete(files.iterator().next());
      LOG.error("after");
    }
    assertThat(written.text("run.log")).contains("before", "after");
  }

  private static Set<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("qsnn-run-.*log"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void logThatCannotBeUploadedIsKeptAndNamed() throws IOException {
    RunFiles full =
        (name, bytes) -> {
          throw new DataException("hdfs://x/run.log: the disk or quota is full");
        };
    RunLog log = RunLog.uploading(full, RunDirectory.LOG);
    LOG.error("kept");

    Throwable thrown = catchThrowable(log::close);

    assertThat(thrown).isInstanceOf(DataException.class).hasMessageContaining("quota is full");
    Path kept = Path.of(thrown.getMessage().replaceFirst(": .*", ""));
    assertThat(kept).content().contains("kept");
    Files.delete(kept);
  }

  @Test
  void runThatEndedWellIsCompleteWithoutItsLog() throws IOException {
    RunFiles full =
        (name, bytes) -> {
          throw new DataException("hdfs://x/run.log: the disk or quota is full");
        };
    try (RunLog outer = RunLog.in(directory)) {
      RunLog log = RunLog.uploading(full, RunDirectory.LOG);
      log.endedWell("finished");

      log.close();
    }
    assertThat(directory.resolve("run.log"))
        .content()
        .containsPattern("WARN .*the run's log is kept here; it could not be uploaded: .*full");
  }

  @Test
  void howTheRunEndedIsInTheLogAlone() {
    try (RunLog log = RunLog.in(directory)) {
      log.endedWell("finished");
      log.failed("no executor", new IllegalStateException("deep \u001b[31m"));
    }
    assertThat(directory.resolve("run.log"))
        .content()
        .contains("INFO  o.q.r.RunLog - finished", "ERROR o.q.r.RunLog - no executor")
        .contains("IllegalStateException: deep \\u001b[31m", "\tat ");
  }

  @Test
  void aThreadWorksForTheRunThatItBeganLast() {
    WrittenFiles written = new WrittenFiles();
    try (RunLog outer = RunLog.in(directory)) {
      try (RunLog inner = RunLog.uploading(written, RunDirectory.LOG)) {
        LOG.error("within");
      }
      LOG.error("after it");
    }
    assertThat(directory.resolve("run.log"))
        .content()
        .contains("after it")
        .doesNotContain("within");
    assertThat(written.text("run.log")).contains("within").doesNotContain("after it");
  }

  @Test
  void aLogThatCannotBeWrittenIsToldAtOnce() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a folder");

    assertThatThrownBy(() -> RunLog.in(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("file/run.log: the run's log cannot be written: ");
  }
}
