package org.qsnn.job;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.qsnn.ConfigurationException;
import org.qsnn.config.RunConfig;
import org.qsnn.distributed.ExecutorKiller;
import org.qsnn.inspect.RunComparison;
import org.qsnn.inspect.StoredFiles;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunJson;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.training.Backend;
import org.qsnn.training.RunState;
import org.qsnn.training.SparkBackend;
import org.qsnn.training.Training;
import org.qsnn.training.TrainingProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code qsnn chaos CONF} */
@Command(
    name = "chaos",
    description = {
      "Runs a short training twice, once undisturbed and once while executors are killed, and compares them.",
      "",
      "Shows on your own cluster that nothing is lost and no gradient is applied twice. Trains 2 epochs"
          + " of 4 steps on the first samples; --set overrides that too. Both runs stay in run.dir."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:both runs have the same bits", "5:the runs differ"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn chaos conf/quickstart.conf --master spark://host:7077",
      "  qsnn chaos conf/quickstart.conf --master 'local-cluster[2,1,1024]' --kills 3"
    })
final class ChaosCommand implements Callable<Integer> {
  private static final int EPOCHS = 2;
  private static final int STEPS = 4;
  private static final int TESTED = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "CONF", description = "Configuration file, on any Hadoop file system.")
  private String configuration;

  @Option(
      names = "--kills",
      defaultValue = "2",
      description = "Executors to kill; default ${DEFAULT-VALUE}")
  private int kills;

  @Mixin private ConfigurationOptions options;

  @Override
  public Integer call() {
    try (Session session = main.process().patientSession("chaos", options.overrides())) {
      requireOtherExecutors(session);
      RunConfig config = session.configuration(configuration, options.overrides());
      List<String> overrides = new ArrayList<>(shortForm(config));
      overrides.addAll(options.overrides());
      String folder = config.run().dir();

      String calm = train(session, overrides, folder + "/undisturbed", shown());
      out().println("undisturbed  parameters " + parametersSha256(session.files(), calm));
      String stormy = disturb(session, overrides, folder + "/disturbed");
      return compare(session.files(), calm, stormy);
    }
  }

  private void requireOtherExecutors(Session session) {
    if (kills < 1) {
      throw new ConfigurationException("--kills: must be at least 1; found " + kills);
    }
    if (session.spark().sparkContext().isLocal()) {
      throw new ConfigurationException(
          String.format(
                  Locale.ROOT,
                  "--master: must be a cluster with executors to kill; found %s; start a local cluster with",
                  session.spark().sparkContext().master())
              + " qsnn cluster start, or take 'local-cluster[2,1,1024]'");
    }
  }

  private static List<String> shortForm(RunConfig config) {
    int batch = config.train().shards() * config.train().shardBatchSize();
    return List.of(
        "train.epochs=" + EPOCHS,
        "dataset.limit-train=" + Math.min(config.dataset().limitTrain(), STEPS * batch),
        "dataset.limit-test=" + Math.min(config.dataset().limitTest(), TESTED));
  }

  private String disturb(Session session, List<String> overrides, String folder) {
    LostExecutors lost = LostExecutors.counted(session.spark(), kills);
    ExecutorKiller killer = new ExecutorKiller(session.spark());
    spec.commandLine()
        .getErr()
        .println(
            "qsnn: executors are killed from now on; Spark's messages about lost connections are expected");
    String run = train(session, overrides, folder, new ChaosProgress(killer, kills, shown()));
    int count = lost.count(PATIENCE);
    if (count == 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--kills: none of the %d executors that were told to exit did, so the run was undisturbed and"
                  + " proves nothing; try again, or on a longer training",
              kills));
    }
    out().println("disturbed    parameters " + parametersSha256(session.files(), run));
    out()
        .printf(
            Locale.ROOT,
            "             lost %d of the %d executors that were told to exit%n",
            count,
            kills);
    return run;
  }

  private static TrainingProgress shown() {
    return TrainingProgress.lines(System.err);
  }

  /** Returns the run's folder. */
  private String train(
      Session session, List<String> overrides, String folder, TrainingProgress progress) {
    List<String> all = new ArrayList<>(overrides);
    all.add("run.dir=" + folder);
    RunConfig config = session.configuration(configuration, all);
    Session patient = session.patient(config.storage());
    RunState.of(patient.files(), config).isFinished(config, false);
    try (Backend backend = SparkBackend.open(patient.spark(), patient.files(), config);
        Lease lease = Lease.acquire(patient.files(), config.run().dir())) {
      Training training = new Training(patient.files(), config, backend);
      if (training.run(lease, main.process().watch(progress)).isStopped()) {
        throw new CancellationException("stopped in " + config.run().dir());
      }
    }
    return config.run().dir();
  }

  private int compare(FileStore files, String one, String other) {
    RunComparison comparison = RunComparison.of(new StoredFiles(files), one, other, List.of());
    comparison.text().forEach(out()::println);
    return comparison.isEqual() ? 0 : VerifyRunCommand.DIFFERENT;
  }

  private static String parametersSha256(FileStore files, String run) {
    return RunJson.read(files, run + "/" + RunDirectory.SUMMARY).path("parameters_sha256").asText();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
