package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.DivergedException;

class FailureTest {

  @Test
  void eachFamilyHasItsMessageAndExitCode() {
    assertThat(Failure.of(new ConfigurationException("a"))).isEqualTo(new Failure("a", 2));
    assertThat(Failure.of(new DataException("b"))).isEqualTo(new Failure("b", 3));
    assertThat(Failure.of(new DivergedException("c"))).isEqualTo(new Failure("c", 4));
  }

  @Test
  void familyIsFoundBehindWhatWrapsIt() {
    Exception wrapped = new RuntimeException(new IOException(new DivergedException("fc: NaN")));

    assertThat(Failure.of(wrapped)).isEqualTo(new Failure("fc: NaN", 4));
  }

  @Test
  void familyWinsOverTheCauseThatItExplains() {
    Exception explained = new ConfigurationException("x: no file", new NoSuchFileException("x"));

    assertThat(Failure.of(new RuntimeException(explained))).isEqualTo(new Failure("x: no file", 2));
  }

  @Test
  void missingPermissionIsNamedWithItsPath() {
    assertData(new AccessDeniedException("/data/a.bin"), "no permission: /data/a.bin");
    assertData(new AccessControlException("Permission denied: user=u, inode=/x"), "inode=/x");
    assertData(new FileNotFoundException("/x/y (Permission denied)"), "no permission: /x/y");
  }

  @Test
  void missingFileIsNamedWithItsPath() {
    assertData(new NoSuchFileException("/x"), "no such file or folder: /x");
    assertData(new FileNotFoundException("File file:/x does not exist"), "no such file or folder");
  }

  @Test
  void missingFileOfTheRealFileSystemIsNamed() throws IOException {
    try {
      Files.size(Path.of("no-such-file"));
    } catch (IOException e) {
      assertData(e, "no such file or folder: no-such-file");
    }
  }

  @Test
  void fullDiskIsNamed() {
    assertData(new IOException("No space left on device"), "the disk is full");
    assertData(new DSQuotaExceededException("quota of /x"), "the disk is full: quota of /x");
  }

  @Test
  void unreachableServerIsNamed() {
    assertData(new ConnectException("namenode:9000 refused"), "cannot connect: namenode:9000");
  }

  @Test
  void folderThatHadoopCannotCreateIsNamed() {
    assertData(
        new IOException("Mkdirs failed to create file:/x"),
        "cannot create a folder: Mkdirs failed to create file:/x");
  }

  @Test
  void stoppedSparkIsNoBug() {
    Exception stopped =
        new IllegalStateException("Cannot call methods on a stopped SparkContext.\nIt was created");

    assertThat(Failure.of(stopped).exitCode()).isEqualTo(3);
    assertThat(Failure.of(stopped).message())
        .startsWith("Spark was stopped, by a signal or by its cluster")
        .endsWith("a stopped SparkContext.");
  }

  @Test
  void anythingElseIsABugWithItsClassAndMessage() {
    Failure failure = Failure.of(new RuntimeException(new IllegalStateException("42\nmore")));

    assertThat(failure.exitCode()).isEqualTo(1);
    assertThat(failure.isBug()).isTrue();
    assertThat(failure.message())
        .isEqualTo("this is a bug in qsnn, please report it: java.lang.IllegalStateException: 42");
  }

  private static void assertData(IOException cause, String message) {
    Failure failure = Failure.of(new RuntimeException(new UncheckedIOException(cause)));

    assertThat(failure.exitCode()).isEqualTo(3);
    assertThat(failure.message()).contains(message).endsWith(cause.getMessage());
  }
}
