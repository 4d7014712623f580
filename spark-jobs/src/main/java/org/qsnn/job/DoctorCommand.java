package org.qsnn.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.qsnn.ConfigurationException;
import org.qsnn.config.RunConfig;
import org.qsnn.distributed.ExecutorFacts;
import org.qsnn.distributed.ExecutorSurvey;
import org.qsnn.distributed.MasterOffer;
import org.qsnn.json.Json;
import org.qsnn.training.MemoryPlan;
import org.qsnn.training.RunData;
import org.qsnn.training.RunState;
import org.qsnn.training.SparkBackend;
import org.qsnn.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code qsnn doctor CONF}
 *
 * <p>Storage that cannot be reached is a finding at once, and not waited for as a training does:
 * the user is waiting for the answer.
 */
@Command(
    name = "doctor",
    description = {
      "Checks whether a training will run here, before hours are spent on it.",
      "",
      "Compares the driver with every executor (Java, Spark, Scala, native build, vectors, threads,"
          + " clocks, room for temporary files), the memory with what network and batch need, writes to"
          + " run.dir and the cache, checks every byte of the prepared data set (preparing it, as the"
          + " training would), lists it class by class, has executors read it, and prints the line"
          + " that starts the training with enough memory. It trains nothing."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing is wrong; there may be warnings", "2:there are problems"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn doctor conf/quickstart.conf",
      "  qsnn doctor conf/cifar10-resnet19.conf --master spark://host:7077 --json"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int PROBLEMS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of managers that send the program to a container, or an image to a machine, first. */
  private static final Duration PATIENCE_WITH_CONTAINERS = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "CONF", description = "Configuration file, on any Hadoop file system.")
  private String configuration;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Mixin private ConfigurationOptions options;

  @Override
  public Integer call() {
    try (Session session = main.process().session("doctor")) {
      RunConfig config = session.configuration(configuration, options.overrides());
      DoctorReport report = new DoctorReport();
      Optional<ExecutorSurvey> survey = executors(session, config, report);
      if (survey.isEmpty()) {
        session.jobs().end("because there is no executor to do it");
      }
      report.writable("run.dir", session.files(), config.run().dir());
      report.writable("cache", session.files(), RunData.cacheFolder(session.files(), config));
      report.attempt("run", () -> run(session, config));
      report.attempt("data", () -> data(session, config, report, survey));
      print(report);
      return report.isFine() ? 0 : PROBLEMS;
    }
  }

  /** Empty if there are none, or none that answers. */
  private static Optional<ExecutorSurvey> executors(
      Session session, RunConfig config, DoctorReport report) {
    SparkConf spark = session.spark().sparkContext().getConf();
    Duration patience =
        spark.get("spark.master").matches("yarn|k8s:.*") ? PATIENCE_WITH_CONTAINERS : PATIENCE;
    ExecutorSurvey survey;
    try {
      survey = ExecutorSurvey.of(session.spark(), patience);
    } catch (ConfigurationException e) {
      report.add(DoctorReport.Level.PROBLEM, "executors", e.getMessage());
      return Optional.empty();
    }
    if (survey.executors().isEmpty()) {
      report.add(
          DoctorReport.Level.PROBLEM,
          "executors",
          String.format(
              Locale.ROOT,
              "%s provided none with %s of memory in %d s; %s; ask for less, or wait",
              session.spark().sparkContext().master(),
              spark.get("spark.executor.memory", "1g"),
              patience.toSeconds(),
              MasterOffer.of(session.spark().sparkContext())
                  .orElse("see its web page for free resources")));
      return Optional.empty();
    }
    ExecutorChecks executors = new ExecutorChecks(report, survey);
    executors.software();
    executors.executors(config.train().shards(), spark.getInt("spark.task.cpus", 1));
    executors.scratch();
    executors.clocks();
    return Optional.of(survey);
  }

  private static String run(Session session, RunConfig config) {
    RunState state = RunState.of(session.files(), config);
    state.isFinished(config, false);
    return session.files().paths().absolute(config.run().dir())
        + (state == RunState.NEW ? ": new" : ": an unfinished run, which will be resumed");
  }

  /** Network and memory depend on the data, so they are checked only where it is there. */
  private String data(
      Session session, RunConfig config, DoctorReport report, Optional<ExecutorSurvey> survey) {
    SparkBackend backend = SparkBackend.open(session.spark(), session.files(), config);
    Training training = new Training(session.files(), config, backend);
    RunData data = backend.data();
    report.classes(data.dataset().manifest());
    data.dataset().verify();
    MemoryPlan plan = MemoryPlan.of(config, training.network(), data);
    if (survey.isPresent()) {
      data.dataset().dataSha256(session.spark());
      memory(session, report, survey.get(), plan);
    } else {
      lineForAbsent(session, report, plan);
    }
    return String.format(
        Locale.ROOT,
        "%s: %d samples to train on, %d to validate, %d to test; every file has its SHA-256",
        data.dataset().path(),
        data.split().train().length,
        data.split().validation().length,
        data.split().test().length);
  }

  private void memory(
      Session session, DoctorReport report, ExecutorSurvey survey, MemoryPlan plan) {
    int executors = survey.executors().size();
    int tasks = Math.max(1, (survey.slots() + executors - 1) / executors);
    long heap = plan.executorHeapBytes(tasks, executors);
    long natively = plan.executorNativeBytes(tasks);
    ExecutorFacts smallest =
        survey.executors().stream()
            .min(Comparator.comparing(ExecutorFacts::heapBytes))
            .orElseThrow();
    report.memory(
        "driver heap", plan.driverHeapBytes(), Runtime.getRuntime().maxMemory(), "--driver-memory");
    report.memory(
        "executor heap", heap, smallest.heapBytes(), "--executor-memory, or fewer tasks at a time");
    report.memory(
        "executor off heap",
        natively,
        smallest.nativeBytes(),
        "--executor-memory (as much is allowed off the heap), a smaller train.batch-size or more"
            + " train.shards");
    report.add(DoctorReport.Level.OK, "sweep", wholeTrainings(plan, tasks, smallest));
    line(session, report, plan.driverHeapBytes(), Math.max(heap, natively), natively);
  }

  /** Where executors are still to come, with the cores and in the number that was asked for. */
  private void lineForAbsent(Session session, DoctorReport report, MemoryPlan plan) {
    SparkConf spark = session.spark().sparkContext().getConf();
    // Each computes a shard, whether in a task of its own or beside others of a task.
    int cores = spark.getInt("spark.executor.cores", 1);
    long heap = plan.executorHeapBytes(cores, spark.getInt("spark.executor.instances", 1));
    long natively = plan.executorNativeBytes(cores);
    line(session, report, plan.driverHeapBytes(), Math.max(heap, natively), natively);
  }

  /** Whether trials of a sweep over this configuration can run in one task each. */
  private static String wholeTrainings(MemoryPlan plan, int tasks, ExecutorFacts smallest) {
    long needed = plan.heapBytesOfWholeTrainings(tasks);
    boolean fits =
        needed <= smallest.heapBytes() && plan.executorNativeBytes(tasks) <= smallest.nativeBytes();
    return String.format(
        Locale.ROOT,
        "a trial %s one task: %d at a time take about %d MB of an executor's heap, %d MB available",
        fits ? "fits" : "does not fit",
        tasks,
        needed >> 20,
        smallest.heapBytes() >> 20);
  }

  private void line(
      Session session, DoctorReport report, long driver, long executor, long natively) {
    boolean isOneProcess = session.spark().sparkContext().isLocal();
    SubmitLine line = new SubmitLine(new SparkConf(), session.spark().sparkContext().master());
    if (isOneProcess) {
      line.driverMemory(Math.max(driver, executor));
    } else {
      line.driverMemory(driver).executorMemory(executor, natively);
      MasterOffer.ofYarn(session.spark().sparkContext())
          .ifPresent(
              offer ->
                  report.memory(
                      "container",
                      line.executorBytes(),
                      offer.largestBytes(),
                      "fewer tasks at a time, or a larger"
                          + " yarn.scheduler.maximum-allocation-mb of the cluster"));
    }
    if (!line.secrets().isEmpty()) {
      report.add(
          DoctorReport.Level.WARNING,
          "line",
          "must be completed with what it does not show: " + String.join(", ", line.secrets()));
    }
    report.startWith(line.train(configuration, options.overrides()));
  }

  private void print(DoctorReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(report));
      return;
    }
    for (DoctorReport.Finding finding : report.findings()) {
      out.printf(Locale.ROOT, "%-8s %-18s %s%n", finding.level(), finding.name(), finding.text());
    }
    if (!report.classes().isEmpty()) {
      out.printf(Locale.ROOT, "%9s %9s  %s%n", "train", "test", "class");
      for (DoctorReport.ClassSize size : report.classes()) {
        out.printf(Locale.ROOT, "%9d %9d  %s%n", size.train(), size.test(), size.name());
      }
    }
    if (!report.line().isEmpty()) {
      out.println("Start it:");
      out.println("  " + report.line());
    }
  }

  private static String json(DoctorReport report) {
    ObjectNode object = Json.object();
    object.put("ok", report.isFine());
    ArrayNode findings = object.putArray("findings");
    for (DoctorReport.Finding finding : report.findings()) {
      findings
          .addObject()
          .put("level", finding.level().toString())
          .put("name", finding.name())
          .put("text", finding.text());
    }
    ArrayNode classes = object.putArray("classes");
    for (DoctorReport.ClassSize size : report.classes()) {
      classes
          .addObject()
          .put("name", size.name())
          .put("train", size.train())
          .put("test", size.test());
    }
    object.put("submit", report.line());
    return Json.text(object);
  }
}
