package org.qsnn.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.cluster.ClusterSize;
import org.qsnn.cluster.LocalCluster;
import org.qsnn.cluster.Software;

/** One configuration gives one result, whoever computes it and however long that takes. */
class SameBitsIT {
  /** The interpreter is slow. */
  private static final List<String> TWO_STEPS =
      List.of("train.epochs=1", "dataset.synthetic.train=20");

  @TempDir private static Path root;
  private static LocalCluster cluster;
  private static String master;
  private static ToyRun alone;
  private static String aloneSha256;

  @BeforeAll
  static void trainWithoutSpark() throws IOException {
    alone = new ToyRun(root, "alone");
    aloneSha256 = TrainingWithoutSpark.train(alone.configuration(), List.of(), alone.folder());
    cluster = LocalCluster.in(root.resolve("cluster"));
    master =
        cluster
            .start(
                new ClusterSize(2, 1, "1g", 0),
                new LocalCluster.Ports(0, 0),
                Software.ofEnvironment())
            .master();
  }

  @AfterAll
  static void stopCluster() {
    cluster.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2]"})
  @Tag("chaos")
  void ofThreads(String threads) throws Exception {
    assertSame(process(threads, threads).succeed());
  }

  @Test
  void ofMoreThreadsThanCores() throws Exception {
    assertSame(process("threads", "local[4]").succeed());
  }

  @Test
  void ofTwoExecutorsBesideTheDriver() throws Exception {
    ToyRun run = process("local-cluster", "local-cluster[2,1,1024]").succeed();

    assertThat(run.events("executor-added")).hasSizeGreaterThanOrEqualTo(2);
    assertSame(run);
  }

  @Test
  void ofSlicesThatExecutorsAdd() throws Exception {
    assertSame(
        process("slices", "local-cluster[2,1,1024]").conf("spark.qsnn.reduce", "sliced").succeed());
  }

  @Test
  void ofTasksOfTwoThreads() throws Exception {
    assertSame(
        process("task-threads", "local-cluster[1,2,1024]").conf("spark.task.cpus", "2").succeed());
  }

  @Test
  @Tag("chaos")
  void ofOneWorker() throws Exception {
    ToyRun run = process("one-worker", master).conf("spark.cores.max", "1").succeed();

    assertThat(run.events("executor-added")).hasSize(1);
    assertSame(run);
  }

  @Test
  @Tag("chaos")
  void ofTwoWorkers() throws Exception {
    ToyRun run = process("two-workers", master).succeed();

    assertThat(run.events("executor-added")).hasSize(2);
    assertSame(run);
  }

  /** Results arrive in another order each time, and some twins are killed in mid computation. */
  @Test
  void ofTasksThatAreSlowAtRandomAndSpeculated() throws Exception {
    ToyRun run =
        process("speculation", master)
            .conf("spark.speculation", "true")
            .conf("spark.speculation.interval", "10ms")
            .conf("spark.speculation.quantile", "0.5")
            .onExecutors(
                Fault.always(Place.GRADIENT, Act.DELAY), Fault.always(Place.FORWARD, Act.LAG))
            .succeed();

    assertThat(run.events("task-succeeded-speculatively")).isNotEmpty();
    assertSame(run);
  }

  @Test
  @Tag("chaos")
  void ofThreadsThatAreSlowAtRandom() throws Exception {
    assertSame(
        process("slow", "local[4]").onDriver(Fault.always(Place.FORWARD, Act.DELAY)).succeed());
  }

  /** Executors are given back while the driver is busy, and asked for again. */
  @Test
  @Tag("chaos")
  void ofExecutorsThatComeAndGo() throws Exception {
    ToyRun run =
        process("dynamic", master)
            .conf("spark.dynamicAllocation.enabled", "true")
            .conf("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .conf("spark.dynamicAllocation.shuffleTracking.timeout", "1s")
            .conf("spark.dynamicAllocation.minExecutors", "0")
            .conf("spark.dynamicAllocation.executorIdleTimeout", "1s")
            .conf("spark.dynamicAllocation.cachedExecutorIdleTimeout", "1s")
            .onDriver(new Fault(Place.CHECKPOINT, Act.PAUSE, Fault.ANY, Fault.ANY, 2))
            .succeed();

    assertThat(run.events("executor-removed")).isNotEmpty();
    assertThat(run.events("executor-added")).hasSizeGreaterThan(2);
    assertSame(run);
  }

  /** The bits do not hang on what the compiler makes of a loop, nor on its intrinsics. */
  @Test
  void ofTheInterpreter() throws Exception {
    ToyRun compiled = new ToyRun(root, "compiled");
    String expected =
        TrainingWithoutSpark.train(compiled.configuration(), TWO_STEPS, compiled.folder());
    ToyRun run = new ToyRun(root, "interpreter");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xint");
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TrainingWithoutSpark.class.getName());
    command.addAll(List.of(run.configuration().toString(), run.folder().toString()));
    command.addAll(TWO_STEPS);

    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(run.file("output").toFile())
            .start();

    assertThat(process.waitFor(240, TimeUnit.SECONDS))
        .as(
            "process %d of the interpreter ended in 240 s; it said: %s",
            process.pid(), run.output())
        .isTrue();
    assertThat(run.output().strip()).endsWith(expected);
    assertThat(run.metrics()).isEqualTo(compiled.metrics());
  }

  @Test
  void anotherSeedIsAnotherResult() throws IOException {
    assertThat(
            TrainingWithoutSpark.train(
                alone.configuration(), List.of("run.seed=2"), root.resolve("other")))
        .isNotEqualTo(aloneSha256);
  }

  private static TrainingProcess process(String name, String master) {
    return new TrainingProcess(new ToyRun(root, name), master);
  }

  private static void assertSame(ToyRun run) throws IOException {
    assertThat(run.metrics()).isEqualTo(alone.metrics());
    assertThat(run.summary().get("parameters_sha256").textValue()).isEqualTo(aloneSha256);
  }
}
