package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.LocalSparkCluster;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;

/** Commands as processes: how they end by signals, without executors and without memory. */
@ExtendWith(SparkSessionExtension.class)
class CommandEndIT {
  /** A cluster with one Worker of one core, and executors that want two. */
  private static final List<String> NO_EXECUTOR =
      List.of("-Dspark.master=local-cluster[1,1,1024]", "-Dspark.executor.cores=2");

  private static final Pattern TRACE = Pattern.compile("qsnn: its stack trace is in (\\S+).*");

  @TempDir private static Path root;
  private static TinyTraining tiny;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    assertThat(tiny.train("whole").exitCode()).isZero();
  }

  @Test
  void hangUpEndsATrainingWithACheckpointAndTheLogSaysSo() throws Exception {
    try (DriverProcess driver = DriverProcess.train(tiny, "hung-up", "--set=train.epochs=500")) {
      driver.await("an epoch", () -> isThere("hung-up/metrics/epoch-000000.json"));
      driver.signal("HUP");

      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(129);
      assertThat(driver.out()).contains("stopped in epoch ", "the same command resumes it");
    }
    assertThat(root.resolve("hung-up/run.log")).content().contains("stopped by SIGHUP");
  }

  @Test
  void hangUpThatTheProcessIsToldToIgnoreIsIgnored() throws Exception {
    List<String> nohup = List.of("sh", "-c", "trap '' HUP; exec \"$0\" \"$@\"");
    try (DriverProcess driver =
        DriverProcess.start(tiny, nohup, List.of(), tiny.arguments("nohup"))) {
      driver.await("run.log", () -> isThere("nohup/run.log"));
      driver.signal("HUP");

      assertThat(driver.exitCode()).as(driver.err()).isZero();
    }
    assertThat(root.resolve("nohup/run.log")).content().contains("finished");
  }

  @Test
  void trainingThatWaitsForAnExecutorEndsAtASignal() throws Exception {
    try (DriverProcess driver = DriverProcess.start(tiny, NO_EXECUTOR, tiny.arguments("waiting"))) {
      driver.await("run.log", () -> isThere("waiting/run.log"));
      driver.signal("TERM");

      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(143);
      assertThat(driver.err()).doesNotContain("Exception");
    }
    assertThat(root.resolve("waiting/run.log")).content().contains("by SIGTERM");
    assertThat(isThere("waiting/lease/000001-released.json")).isTrue();
  }

  @Test
  void doctorWithoutExecutorsPrintsTheLineAllTheSame() throws Exception {
    List<String> doctor = tiny.arguments("examined");
    doctor.set(0, "doctor");
    try (DriverProcess driver = DriverProcess.start(tiny, NO_EXECUTOR, doctor)) {
      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(2);
      assertThat(driver.out())
          .containsPattern("problem +executors +local-cluster.* provided none")
          .containsPattern("ok +data .*32 samples to train on")
          .containsPattern("Start it:\n.*--conf spark.executor.memoryOverhead=\\d+m");
    }
  }

  @Test
  void evaluationThatWaitsForAnExecutorEndsAtASignalAndLeavesNoTemporaries() throws Exception {
    Path temporaries = Files.createDirectory(root.resolve("spark"));
    List<String> java = new ArrayList<>(NO_EXECUTOR);
    java.add("-Dspark.local.dir=" + temporaries);
    String model = root.resolve("whole").toString();
    try (DriverProcess driver = DriverProcess.start(tiny, java, tiny.evaluation(model))) {
      driver.await("Spark", () -> !isEmpty(temporaries));
      driver.signal("INT");

      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(130);
      assertThat(driver.complaints())
          .containsExactly(
              "qsnn: SIGINT: ending; a second signal ends it at once", "qsnn: ended by SIGINT");
      assertThat(driver.err()).doesNotContain("Exception");
    }
    assertThat(temporaries).isEmptyDirectory();
  }

  @Test
  void trainingThatGetsNoExecutorSaysWhatTheClusterOffers() throws Exception {
    LocalSparkCluster cluster = LocalSparkCluster.apply(1, 1, 600, new SparkConf());
    String master = cluster.start()[0];
    List<String> impatient =
        List.of("-Dspark.master=" + master, "-Dspark.qsnn.executor-patience=3s");
    try (DriverProcess driver = DriverProcess.start(tiny, impatient, tiny.arguments("lonely"))) {
      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(2);
      assertThat(driver.complaints().get(0))
          .contains("no executor has computed anything for 3 s: " + master + " gives 0 executors")
          .contains(
              "(asked for: 1g of memory", "free on its workers (1) are 1 of 1 cores and 600 of")
          .contains("waiting applications: 1", "--executor-memory", "spark.qsnn.executor-patience");
      assertThat(driver.err()).doesNotContain("Exception");
    } finally {
      cluster.stop();
    }
    assertThat(root.resolve("lonely/run.log")).content().contains("no executor has computed");
  }

  @Test
  void trainingWhoseClusterDoesNotTellWhatItHasSaysWhereToLook() throws Exception {
    List<String> impatient = new ArrayList<>(NO_EXECUTOR);
    impatient.add("-Dspark.qsnn.executor-patience=3s");
    try (DriverProcess driver = DriverProcess.start(tiny, impatient, tiny.arguments("alone"))) {
      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(2);
      assertThat(driver.complaints().get(0))
          .contains("local-cluster[1,1,1024] gives", "2 cores each", "look at its web page")
          .contains("--executor-cores");
    }
  }

  @Test
  void preparationEndsAtASignalAndLeavesNothing() throws Exception {
    Path folder = Files.createDirectory(root.resolve("prepared"));
    List<String> arguments =
        List.of(
            "prepare",
            tiny.configuration().toString(),
            "--to=" + folder.resolve("set"),
            "--set=dataset.synthetic.train=1000000");
    try (DriverProcess driver = DriverProcess.start(tiny, List.of(), arguments)) {
      driver.await("samples", () -> !isEmpty(folder));
      driver.signal("TERM");

      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(143);
      assertThat(driver.err()).doesNotContain("Exception");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void memoryThatIsExhaustedInTheDriverIsToldInOneLine() throws Exception {
    assertFails(
        List.of("-Xmx480m"),
        tiny.arguments("poor", "--set=network.width-factor=1.75"),
        "the heap is exhausted",
        "--driver-memory");
    assertThat(root.resolve("poor/run.log")).content().contains("OutOfMemoryError");
  }

  @Test
  void heapThatIsTooSmallForSparkIsToldInOneLine() throws Exception {
    assertFails(List.of("-Xmx300m"), tiny.arguments("small"), "--driver-memory: too little");
    assertThat(isThere("small")).isFalse();
  }

  @Test
  void webPageThatFindsNoPortIsToldInOneLine() throws Exception {
    assertFails(
        List.of("-Dspark.ui.enabled=true", "-Dspark.ui.port=99999"),
        tiny.arguments("no-port"),
        "a port cannot be taken");
  }

  @Test
  void nativeLibraryThatCannotBeLoadedIsToldInOneLine() throws Exception {
    assertFails(
        List.of("-Dorg.bytedeco.javacpp.platform.extension=-of-no-processor"),
        tiny.arguments("no-natives"),
        "ND4J's native library cannot be loaded");
  }

  /** With a line that says what to do and one that says where the stack trace is, and no more. */
  private static void assertFails(List<String> java, List<String> arguments, String... parts)
      throws IOException, InterruptedException {
    try (DriverProcess driver = DriverProcess.start(tiny, java, arguments)) {
      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(2);
      assertThat(driver.complaints()).as(driver.err()).hasSize(2);
      assertThat(driver.complaints().get(0)).contains(parts);
      assertThat(driver.err()).doesNotContain("\tat ", "bug in qsnn");
      Matcher trace = TRACE.matcher(driver.complaints().get(1));
      assertThat(trace.matches()).as(driver.err()).isTrue();
      Path file = Path.of(trace.group(1));
      assertThat(file).isNotEmptyFile();
      if (!file.startsWith(root)) {
        Files.delete(file);
      }
    }
  }

  private static boolean isThere(String file) {
    return Files.exists(root.resolve(file));
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }
}
