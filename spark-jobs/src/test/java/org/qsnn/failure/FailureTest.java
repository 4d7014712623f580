package org.qsnn.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.DivergedException;

class FailureTest {

  @Test
  void eachFamilyHasItsMessageAndExitCode() {
    assertThat(Failure.of(new ConfigurationException("a"))).isEqualTo(own("a", 2));
    assertThat(Failure.of(new DataException("b"))).isEqualTo(own("b", 3));
    assertThat(Failure.of(new DivergedException("c"))).isEqualTo(own("c", 4));
  }

  @Test
  void familyIsFoundBehindWhatWrapsIt() {
    Exception wrapped = new RuntimeException(new IOException(new DivergedException("fc: NaN")));

    assertThat(Failure.of(wrapped)).isEqualTo(own("fc: NaN", 4));
  }

  @Test
  void familyWinsOverTheCauseThatItExplains() {
    Exception explained = new ConfigurationException("x: no file", new NoSuchFileException("x"));

    assertThat(Failure.of(new RuntimeException(explained))).isEqualTo(own("x: no file", 2));
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
  void serverThatRefusesIsNamedWhereItIsKnown() {
    Exception refused = new ConnectException("Connection refused");
    assertThat(
            Failure.of(new IOException("Failed to connect to /10.0.0.1:7077", refused)).message())
        .isEqualTo("cannot connect: Failed to connect to /10.0.0.1:7077");
    assertThat(Failure.of(refused).message()).isEqualTo("cannot connect: Connection refused");
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
        .startsWith("Spark was stopped, by its cluster or from outside")
        .contains("a stopped SparkContext; what was written is intact");
  }

  @Test
  void anythingElseIsABugWithItsClassAndMessage() {
    Failure failure = Failure.of(new RuntimeException(new IllegalStateException("42\nmore")));

    assertThat(failure.exitCode()).isEqualTo(1);
    assertThat(failure.isBug()).isTrue();
    assertThat(failure.message())
        .isEqualTo("this is a bug in qsnn, please report it: java.lang.IllegalStateException: 42");
  }

  /** Message of what Spark, Hadoop, Java or the machine throws, and what a user is told to do. */
  @ParameterizedTest
  @MethodSource("setups")
  void whatSparkOrTheMachineRefusesIsToldWithWhatToDo(Throwable refusal, String advice) {
    for (Throwable thrown :
        List.of(refusal, new IllegalStateException(new SparkException("Job aborted", refusal)))) {
      Failure failure = Failure.of(thrown);

      assertThat(failure.exitCode()).isEqualTo(2);
      assertThat(failure.message()).contains(advice).hasLineCount(1).doesNotContain("bug");
      assertThat(failure.isForeign()).isTrue();
    }
  }

  static Stream<Arguments> setups() {
    return Stream.of(
        arguments(spark("[INVALID_DRIVER_MEMORY] System memory 1 must be"), "--driver-memory"),
        arguments(spark("Asked to run locally with 0 threads"), "local[*]"),
        arguments(spark("Could not parse Master URL: 'lokal'"), "--master"),
        arguments(spark("Invalid master URL: spark://host"), "spark://HOST:PORT"),
        arguments(
            spark("The number of cores per executor (=1) has to be >= the number of cpus per task"),
            "spark.task.cpus"),
        arguments(
            new IllegalArgumentException(
                "A secret key must be specified via the spark.authenticate.secret config"),
            "needs a secret, and there is none; give that of the cluster with --conf"
                + " spark.authenticate.secret=…"),
        arguments(
            spark("Stage 3 has failed 4 times: FetchFailed. Most recent failure reason:\nmore"),
            "Most recent failure reason; see their logs"),
        arguments(
            new BindException("Address already in use: Service 'sparkDriver' failed"),
            "spark.driver.port"),
        arguments(
            new BindException("Cannot assign requested address: Service 'sparkDriver'"),
            "SPARK_LOCAL_IP"),
        arguments(
            spark("results of 2 tasks is bigger than spark.driver.maxResultSize (1024.0 B)"),
            "leave spark.driver.maxResultSize out"),
        arguments(
            new IllegalArgumentException("Class is not registered: org.qsnn.train.ShardTask"),
            "spark.kryo.registrationRequired"),
        arguments(
            new IllegalStateException("LiveListenerBus is stopped."),
            "accepted no application within a minute, or no executor could start"),
        arguments(
            new ClassNotFoundException("Class org.apache.hadoop.fs.s3a.S3AFileSystem not found"),
            "--packages org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion()),
        arguments(new ClassNotFoundException("no.Such"), "--jars"),
        arguments(
            new IOException("failure to login: javax.security.auth.login.LoginException: x"),
            "Hadoop's login failed"),
        arguments(
            new IOException("Failed to create a temp directory (under /x) after 10 attempts!"),
            "SPARK_LOCAL_DIRS"),
        arguments(new OutOfMemoryError("Java heap space"), "qsnn doctor"),
        arguments(spark("Lost task (java.lang.OutOfMemoryError: Java heap space)"), "qsnn doctor"),
        arguments(new OutOfMemoryError("unable to create native thread"), "ulimit -u"),
        arguments(new OutOfMemoryError("Metaspace"), "-XX:MaxMetaspaceSize"),
        arguments(
            new OutOfMemoryError("Physical memory usage is too high: physicalBytes (2G) > …"),
            "off the heap"),
        arguments(new StackOverflowError(), "-Xss"),
        arguments(new UnsatisfiedLinkError("/x/libjnind4jcpu.so: failed to map segment"), "noexec"),
        arguments(
            new UnsatisfiedLinkError("/x/snappy-1.1-libsnappyjava.so: failed to map segment"),
            "-Djava.io.tmpdir=FOLDER"),
        arguments(
            new NoClassDefFoundError("Could not initialize class org.nd4j.nativeblas.Nd4jCpu"),
            "native library"),
        arguments(new NoClassDefFoundError("jdk/incubator/vector/FloatVector"), "--add-modules"),
        arguments(
            new IOException("LoginException: NullPointerException: invalid null input: name"),
            "add a line to /etc/passwd"),
        arguments(
            new IOException("failure to login: LoginException: Unable to obtain password"),
            "see --principal and --keytab"),
        arguments(new NoSuchMethodError("'void scala.X.y()'"), "Scala 2.13"),
        arguments(
            spark(
                "ExecutorLostFailure (executor 0 exited) Reason: Command exited with code 52\nmore"),
            "its heap is exhausted; give more with --executor-memory"),
        arguments(
            spark("ExecutorLostFailure (executor 0 exited) Reason: Command exited with code 137"),
            "--executor-memory"),
        arguments(
            spark("[SPARK_JOB_CANCELLED] Job 3 cancelled no executor: ask for less SQLSTATE: X"),
            "no executor: ask for less"));
  }

  private static Throwable spark(String message) {
    return new SparkException(message);
  }

  @Test
  void whatALibraryThrowsIsNoBugOfOurs() {
    assertThat(Failure.of(thrownBy("org.apache.spark.SparkConf")).exitCode()).isEqualTo(2);
    assertThat(Failure.of(thrownBy("com.esotericsoftware.kryo.Kryo")).isBug()).isFalse();
    assertThat(Failure.of(thrownBy("org.qsnn.job.Training")).isBug()).isTrue();
    assertThat(Failure.of(new IOException("Stale file handle")).exitCode()).isEqualTo(3);
  }

  @Test
  void whereSomethingWasThrownTellsWhatItMeans() {
    Throwable name = thrownBy(new UnknownHostException("vm: no name"), "java.net.InetAddress");
    assertThat(Failure.of(name).message()).contains("name of this machine", "SPARK_LOCAL_IP");

    String logger = "org.apache.spark.deploy.history.EventLogFileWriter";
    Throwable folder = thrownBy(new FileNotFoundException("file:/logs does not exist"), logger);
    assertThat(Failure.of(folder).message()).startsWith("spark.eventLog.dir: file:/logs");

    String store = "org.apache.spark.storage.DiskStore";
    Throwable full = thrownBy(new IOException("No space left on device"), store);
    assertThat(Failure.of(full).message()).contains("temporary folder, ", "SPARK_LOCAL_DIRS");
  }

  private static RuntimeException thrownBy(String className) {
    return thrownBy(new IllegalArgumentException("x"), className);
  }

  private static <T extends Throwable> T thrownBy(T thrown, String className) {
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.util.Objects", "requireNonNull", null, 1),
          new StackTraceElement(className, "getLocalHost", null, 1)
        });
    return thrown;
  }

  private static Failure own(String message, int exitCode) {
    return new Failure(message, exitCode, false);
  }

  private static void assertData(IOException cause, String message) {
    Failure failure = Failure.of(new RuntimeException(new UncheckedIOException(cause)));

    assertThat(failure.exitCode()).isEqualTo(3);
    assertThat(failure.message()).contains(message).contains(cause.getMessage());
  }
}
