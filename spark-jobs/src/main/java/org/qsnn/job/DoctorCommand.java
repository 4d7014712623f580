package org.qsnn.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.qsnn.config.RunConfig;
import org.qsnn.data.Manifest;
import org.qsnn.distributed.ExecutorFacts;
import org.qsnn.distributed.ExecutorSurvey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code qsnn doctor CONF} */
@Command(
    name = "doctor",
    description = {
      "Looks whether a training will run here, before hours are spent on it.",
      "",
      "Compares the driver with every executor (Java, Spark, Scala, native build, threads, clocks),"
          + " memory with what network and batch take, writes to run.dir and the cache, checks every"
          + " byte of the prepared data set (preparing it, as the training would), and prints the"
          + " line that starts the training with enough memory. It trains nothing."
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
  private static final long ROUND_BYTES = 512L << 20;

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
      Checkup checkup = new Checkup();
      ExecutorSurvey survey = ExecutorSurvey.of(session.spark(), PATIENCE);
      executors(session, config, checkup, survey);
      checkup.writable("run.dir", session.files(), config.run().dir());
      checkup.writable("cache", session.files(), RunData.cacheFolder(session.files(), config));
      List<String> submit = new ArrayList<>();
      checkup.attempt("data", () -> data(session, config, checkup, survey, submit));
      print(checkup, submit);
      return checkup.isFine() ? 0 : PROBLEMS;
    }
  }

  private static void executors(
      Session session, RunConfig config, Checkup checkup, ExecutorSurvey survey) {
    SparkConf spark = session.spark().sparkContext().getConf();
    if (survey.executors().isEmpty()) {
      checkup.add(
          Checkup.Level.PROBLEM,
          "executors",
          String.format(
              Locale.ROOT,
              "%s gave none with %s of memory in %d s; see its web page for what is free, or ask for less",
              session.spark().sparkContext().master(),
              spark.get("spark.executor.memory", "1g"),
              PATIENCE.toSeconds()));
      return;
    }
    checkup.software(survey);
    checkup.executors(survey, config.train().shards(), spark.getInt("spark.task.cpus", 1));
    checkup.clocks(survey);
  }

  /** Network and memory depend on the data, so that they are looked at where it is there. */
  private String data(
      Session session,
      RunConfig config,
      Checkup checkup,
      ExecutorSurvey survey,
      List<String> submit) {
    Training training = new Training(session, config);
    RunData data = training.data();
    data.dataset().verify();
    MemoryPlan plan =
        MemoryPlan.of(
            training.network(),
            config.train().shardBatchSize(),
            data.split().train().length + data.split().validation().length,
            bytesPerSample(data.dataset().manifest()),
            config.train().shards());
    if (!survey.executors().isEmpty()) {
      memory(checkup, survey, plan);
      submit.addAll(submitLine(session, survey, plan));
    }
    return String.format(
        Locale.ROOT,
        "%s: %d samples to train on, %d to validate, %d to test; every file has its SHA-256",
        data.dataset().path(),
        data.split().train().length,
        data.split().validation().length,
        data.split().test().length);
  }

  private static long bytesPerSample(Manifest manifest) {
    long bytes = manifest.train().files().stream().mapToLong(Manifest.StoredFile::bytes).sum();
    long plain =
        manifest.payload().shape().stream()
            .mapToLong(Integer::longValue)
            .reduce(1, Math::multiplyExact);
    return Math.max(plain, bytes / Math.max(1, manifest.train().samples()));
  }

  private static int tasks(ExecutorSurvey survey) {
    int executors = survey.executors().size();
    return Math.max(1, (survey.slots() + executors - 1) / executors);
  }

  private static void memory(Checkup checkup, ExecutorSurvey survey, MemoryPlan plan) {
    int tasks = tasks(survey);
    ExecutorFacts smallest =
        survey.executors().stream()
            .min(Comparator.comparing(ExecutorFacts::heapBytes))
            .orElseThrow();
    checkup.memory(
        "driver heap", plan.driverHeapBytes(), Runtime.getRuntime().maxMemory(), "--driver-memory");
    checkup.memory(
        "executor heap",
        plan.executorHeapBytes(tasks, survey.executors().size()),
        smallest.heapBytes(),
        "--executor-memory, or fewer tasks at a time");
    checkup.memory(
        "executor off heap",
        plan.executorNativeBytes(tasks),
        smallest.nativeBytes(),
        "--executor-memory (as much is allowed off the heap), a smaller train.batch-size or more"
            + " train.shards");
  }

  /** As the launcher takes it, with memory in steps of half a gigabyte. */
  private List<String> submitLine(Session session, ExecutorSurvey survey, MemoryPlan plan) {
    String master = session.spark().sparkContext().master();
    int tasks = tasks(survey);
    long natively = plan.executorNativeBytes(tasks);
    long executor = Math.max(plan.executorHeapBytes(tasks, survey.executors().size()), natively);
    boolean isOneProcess = session.spark().sparkContext().isLocal();
    long driver = Math.max(plan.driverHeapBytes(), isOneProcess ? executor : 0);
    List<String> line = new ArrayList<>(List.of("spark-submit", "--master", master));
    line.addAll(List.of("--driver-memory", megabytes(driver)));
    if (!isOneProcess) {
      line.addAll(List.of("--executor-memory", megabytes(executor)));
      line.addAll(List.of("--conf", "spark.executor.memoryOverhead=" + megabytes(natively)));
      for (String variable : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
        line.addAll(List.of("--conf", "spark.executorEnv." + variable + "=1"));
      }
    }
    line.addAll(List.of("spark-jobs/target/qsnn.jar", "train", configuration));
    options.overrides().forEach(override -> line.addAll(List.of("--set", override)));
    return line;
  }

  private static String megabytes(long bytes) {
    long rounded = (bytes + ROUND_BYTES - 1) / ROUND_BYTES * ROUND_BYTES;
    return (Math.max(rounded, 2 * ROUND_BYTES) >> 20) + "m";
  }

  private void print(Checkup checkup, List<String> submit) {
    PrintWriter out = spec.commandLine().getOut();
    String line = String.join(" ", submit.stream().map(DoctorCommand::quoted).toList());
    if (json) {
      out.println(json(checkup, line));
      return;
    }
    for (Checkup.Finding finding : checkup.findings()) {
      out.printf(Locale.ROOT, "%-8s %-18s %s%n", finding.level(), finding.name(), finding.text());
    }
    if (!submit.isEmpty()) {
      out.println("Start it:");
      out.println("  " + line);
    }
  }

  private static String json(Checkup checkup, String line) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("ok", checkup.isFine());
    ArrayNode findings = object.putArray("findings");
    for (Checkup.Finding finding : checkup.findings()) {
      findings
          .addObject()
          .put("level", finding.level().toString())
          .put("name", finding.name())
          .put("text", finding.text());
    }
    object.put("submit", line);
    return object.toString();
  }

  /** For a shell. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
