package org.qsnn.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.cluster.ClusterSize;
import org.qsnn.cluster.ClusterState;
import org.qsnn.cluster.LocalCluster;
import org.qsnn.cluster.Software;

/** An executor may die at any moment: the run goes on, and no gradient is lost or applied twice. */
class DyingWorkersIT {
  private static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";

  @TempDir private static Path root;
  private static ToyRun undisturbed;
  private static String undisturbedSha256;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    undisturbed = new ToyRun(root, "undisturbed");
    undisturbedSha256 =
        TrainingWithoutSpark.train(undisturbed.configuration(), List.of(), undisturbed.folder());
  }

  @Test
  void executorHaltsInForward() throws Exception {
    losesAnExecutor("forward", Fault.once(Place.FORWARD, Act.HALT, 1, 1));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("chaos")
  void executorHalts(String name, Fault fault) throws Exception {
    losesAnExecutor(name, fault);
  }

  static Stream<Arguments> executorHalts() {
    int lastEpoch = ToyRun.EPOCHS - 1;
    return Stream.of(
        halting("in-the-first-step", Place.FORWARD, 0, 0),
        halting("in-the-last-step", Place.FORWARD, lastEpoch, ToyRun.STEPS - 1),
        halting("before-it-returns-its-gradient", Place.GRADIENT_RETURN, 1, 2),
        halting("while-it-fetches-the-weights", Place.BROADCAST_FETCH, 1, 1),
        halting("in-validation", Place.VALIDATION, Fault.ANY, Fault.ANY));
  }

  @Test
  void executorHaltsWhileItAddsSlices() throws Exception {
    Fault fault = Fault.once(Place.SLICE_SUM, Act.HALT);

    ToyRun run = process("slices").conf("spark.qsnn.reduce", "sliced").onExecutors(fault).succeed();

    Evidence blow = Evidence.of(run.evidence(fault));
    assertRunWentOnAfter(blow, run);
    assertThat(run.events("executor-removed")).anyMatch(event -> event.time() >= blow.time());
    assertSameResult(run);
  }

  private static Arguments halting(String name, Place place, int epoch, int step) {
    return argumentSet(name, name, Fault.once(place, Act.HALT, epoch, step));
  }

  private static void losesAnExecutor(String name, Fault fault) throws Exception {
    ToyRun run = counted(process(name).onExecutors(fault)).succeed();

    Evidence blow = Evidence.of(run.evidence(fault));
    assertRunWentOnAfter(blow, run);
    assertThat(run.events("executor-removed")).anyMatch(event -> event.time() >= blow.time());
    if (fault.step() != Fault.ANY) {
      assertThat(blow.step()).isEqualTo("[" + fault.epoch() + ", " + fault.step() + "]");
    }
    assertUndisturbed(run);
  }

  @Test
  void executorThatIsToldToGoEndsItsWorkFirst() throws Exception {
    Fault fault = Fault.once(Place.FORWARD, Act.DECOMMISSION, 1, 1);
    // It goes when it has looked a second time, and nothing was left to do or to hand on.
    Fault longStep = Fault.once(Place.FORWARD, Act.PAUSE, 2, 1);

    ToyRun run =
        counted(process("decommissioned").onExecutors(fault, longStep))
            .conf("spark.storage.decommission.replicationReattemptInterval", "1s")
            .succeed();

    assertRunWentOnAfter(Evidence.of(run.evidence(fault)), run);
    assertThat(run.events("executor-removed"))
        .extracting(ToyRun.Event::text)
        .anyMatch(text -> text.contains("decommission"));
    assertThat(run.events("task-failed")).isEmpty();
    assertThat(run.output()).doesNotContain("is lost");
    assertUndisturbed(run);
  }

  @Test
  @Tag("chaos")
  void executorDiesWhileACheckpointIsWritten() throws Exception {
    Fault fault = Fault.once(Place.CHECKPOINT, Act.KILL_EXECUTOR);

    ToyRun run = counted(process("checkpoint")).onDriver(fault).succeed();

    Evidence blow = Evidence.of(run.evidence(fault));
    assertRunWentOnAfter(blow, run);
    assertThat(run.events("executor-removed")).anyMatch(event -> event.time() >= blow.time());
    assertUndisturbed(run);
  }

  /** It is given up, and wakes up when another has done its work. */
  @Test
  @Tag("chaos")
  void executorIsStoppedAndGoesOnAfterItWasGivenUp() throws Exception {
    Fault fault = Fault.once(Place.FORWARD, Act.FREEZE, 1, 1);
    TrainingProcess training =
        counted(process("given-up"))
            .onExecutors(fault, Fault.always(Place.GRADIENT, Act.DELAY))
            .conf("spark.executor.heartbeatInterval", "1s")
            .conf("spark.network.timeout", "6s")
            .conf("spark.network.timeoutInterval", "1s");

    ToyRun run = thaws(training, fault, "executor-removed");

    assertUndisturbed(run);
  }

  /**
   * Twins of its tasks wait for the samples that it keeps; when it goes on, both of a pair end at
   * about the same time. A twin needs a second host, which the executors of local-cluster have not.
   */
  @Test
  @Tag("chaos")
  void executorIsStoppedAndGoesOnWhenItsTasksHaveTwins() throws Exception {
    Fault fault = Fault.once(Place.FORWARD, Act.FREEZE, 1, 1);
    LocalCluster cluster = LocalCluster.in(root.resolve("cluster"));
    try {
      ClusterState started =
          cluster.start(
              new ClusterSize(2, 2, "1g", 0),
              new LocalCluster.Ports(0, 0),
              Software.ofEnvironment());
      TrainingProcess training =
          counted(new TrainingProcess(new ToyRun(root, "twins"), started.master()))
              .onExecutors(fault)
              // Both executors take part from the first task on, and keep two shards each. How many
              // cores to wait for a standalone master learns from the limit alone.
              .conf("spark.cores.max", "4")
              .conf("spark.scheduler.minRegisteredResourcesRatio", "1.0")
              .conf("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
              .conf("spark.speculation", "true")
              .conf("spark.speculation.interval", "10ms")
              .conf("spark.speculation.quantile", "0.25")
              .conf("spark.speculation.minTaskRuntime", "2s");

      ToyRun run = thaws(training, fault, "task-started-speculatively");

      assertThat(run.events("executor-removed")).isEmpty();
      assertUndisturbed(run);
    } finally {
      cluster.stop();
    }
  }

  /** Lets the frozen executor go on when Spark has told of something. */
  private static ToyRun thaws(TrainingProcess training, Fault freeze, String event)
      throws Exception {
    try (TrainingProcess.Running running = training.start()) {
      ToyRun run = running.run();
      running.await("a frozen executor", () -> Files.exists(run.evidence(freeze)));
      Evidence blow = Evidence.of(run.evidence(freeze));
      running.await(event, () -> run.events(event).stream().anyMatch(e -> e.time() >= blow.time()));
      assertThat(running.isAlive()).as("the run goes on").isTrue();
      blow.signal("CONT");
      running.succeed();
      assertRunWentOnAfter(blow, run);
      return run;
    }
  }

  @Test
  @Tag("chaos")
  void taskFailsThreeTimes() throws Exception {
    Fault fault = new Fault(Place.FORWARD, Act.FAIL, 1, 1, 3);

    ToyRun run = counted(process("fails")).onExecutors(fault).succeed();

    assertThat(run.events("task-failed"))
        .extracting(ToyRun.Event::text)
        .containsExactly(
            "task-failed partition 1 attempt 0",
            "task-failed partition 1 attempt 1",
            "task-failed partition 1 attempt 2");
    assertRunWentOnAfter(Evidence.of(run.evidence(fault)), run);
    assertUndisturbed(run);
  }

  /** Each ends with it, and what it had computed before is missing then. */
  @Test
  @Tag("chaos")
  void executorsWhoseHeapIsExhaustedAgainAndAgainEndTheRunWithWhatToDo() throws Exception {
    TrainingProcess training =
        process("exhausted")
            .onExecutors(Fault.always(Place.FORWARD, Act.EXHAUST))
            // Half as often as by default: each time two executors start.
            .conf("spark.stage.maxConsecutiveAttempts", "2");
    try (TrainingProcess.Running running = training.start()) {
      running.await("its end", () -> !running.isAlive());

      assertThat(running.process().exitValue()).as(running.run().output()).isEqualTo(2);
      assertThat(running.run().output())
          .contains("heap is exhausted", "--executor-memory", "qsnn doctor CONF")
          .doesNotContain("bug in qsnn", "Most recent failure reason");
    }
  }

  private static TrainingProcess process(String name) {
    return new TrainingProcess(new ToyRun(root, name), TWO_EXECUTORS);
  }

  private static TrainingProcess counted(TrainingProcess process) {
    return process
        .onExecutors(Fault.always(Place.GRADIENT, Act.COUNT))
        .onDriver(Fault.always(Place.SUM, Act.COUNT), Fault.always(Place.UPDATE, Act.COUNT));
  }

  /** The blow fell after Spark had begun to work, and before its last jobs. */
  private static void assertRunWentOnAfter(Evidence blow, ToyRun run) throws IOException {
    assertThat(run.events("job-started")).anyMatch(event -> event.time() < blow.time());
    assertThat(run.events("job-ended")).anyMatch(event -> event.time() > blow.time());
  }

  /** Each gradient was added once, however often it was computed; each sum was applied once. */
  private static void assertUndisturbed(ToyRun run) throws IOException {
    int steps = ToyRun.EPOCHS * ToyRun.STEPS;
    // Of groups of shards: one or two, as long as slots are there.
    assertThat(run.count(Place.GRADIENT)).isGreaterThanOrEqualTo(steps);
    assertThat(run.count(Place.SUM)).isBetween(steps, steps * ToyRun.SHARDS);
    assertThat(run.count(Place.UPDATE)).isEqualTo(steps);
    assertSameResult(run);
  }

  private static void assertSameResult(ToyRun run) throws IOException {
    assertThat(run.metrics()).isEqualTo(undisturbed.metrics());
    assertThat(run.summary().get("parameters_sha256").textValue()).isEqualTo(undisturbedSha256);
  }
}
