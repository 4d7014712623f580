package org.qsnn.job;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.config.SweepConfig;
import org.qsnn.report.Report;
import org.qsnn.storage.FileStore;
import org.qsnn.sweep.StoredSweep;
import org.qsnn.sweep.Sweep;
import org.qsnn.sweep.SweepListener;
import org.qsnn.training.ConfigurationFile;
import org.qsnn.training.TrainingProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code qsnn sweep CONF} */
@Command(
    name = "sweep",
    description = {
      "Trains many configurations, the promising ones longer, and compares them.",
      "",
      "The answer is the same for any number of slots and after any crash: the same command resumes"
          + " a sweep. Ctrl-C pauses all trials, with checkpoints."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the sweep is complete", "6:too many trials have failed"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn sweep conf/sweep-quickstart.conf --set sweep.dir=sweeps/a",
      "  qsnn sweep status sweeps/a",
      "  qsnn sweep best sweeps/a"
    })
final class SweepCommand implements Callable<Integer> {
  private static final int TOO_MANY_FAILURES = 6;

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  /** Null where a command of its own follows; it would be missed there if it were required. */
  @Parameters(
      arity = "0..1",
      paramLabel = "CONF",
      description = "Description of the sweep, on any Hadoop file system.")
  private String configuration;

  @Mixin private ConfigurationOptions options;

  @Override
  public Integer call() throws InterruptedException {
    if (configuration == null) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'CONF'");
    }
    List<String> overrides = SweepConfig.ofTheBase(options.overrides());
    try (Session first = main.process().patientSession("sweep", overrides)) {
      ConfigText file = ConfigurationFile.read(first.files(), configuration);
      SweepConfig sweep = SweepConfig.load(file, options.overrides(), Instant.now());
      first.requireSeenEverywhere("sweep.dir", sweep.dir());
      List<String> ofAllTrials = new ArrayList<>(sweep.set());
      ofAllTrials.addAll(overrides);
      RunConfig base = first.configuration(sweep.base(), ofAllTrials);
      Session session = first.patient(base.storage());
      int code = run(new Sweep(session.spark(), session.files(), sweep, base));
      if (!main.process().stop().isReceived()) {
        spec.commandLine().getOut().println(Report.leave(session.files(), sweep.dir()));
      }
      return code;
    }
  }

  @Command(
      name = "status",
      description =
          "Shows where every trial of a sweep stands, also while it runs; repeats are compared.",
      mixinStandardHelpOptions = true)
  int status(@Parameters(paramLabel = "DIR", description = "Folder of a sweep.") String path) {
    show(path, StoredSweep::status);
    return 0;
  }

  @Command(
      name = "best",
      description =
          "Shows the best trials of a sweep, those that none is better than in every objective, and"
              + " for each the commands that evaluate its model and train it again.",
      mixinStandardHelpOptions = true)
  int best(@Parameters(paramLabel = "DIR", description = "Folder of a sweep.") String path) {
    show(path, StoredSweep::best);
    return 0;
  }

  /** Read without Spark; storage that cannot be reached is a failure at once, as of inspect. */
  private void show(String path, Function<StoredSweep, List<String>> lines) {
    StoredSweep sweep = StoredSweep.open(FileStore.of(new Configuration()), path);
    lines.apply(sweep).forEach(spec.commandLine().getOut()::println);
    sweep.leftOut().forEach(line -> spec.commandLine().getErr().println("left out: " + line));
  }

  private int run(Sweep sweep) throws InterruptedException {
    StopSignal stop = main.process().stop();
    Sweep.Outcome outcome;
    try (SweepListener listener = SweepDisplay.onStandardError();
        TrainingProgress tests = TrainingProgress.lines(System.err)) {
      outcome = sweep.run(main.process().watch(tests), listener);
    }
    PrintWriter out = spec.commandLine().getOut();
    outcome.lines().forEach(out::println);
    return switch (outcome.kind()) {
      case COMPLETE -> 0;
      case STOPPED -> stop.exitCode();
      case TOO_MANY_FAILURES -> TOO_MANY_FAILURES;
    };
  }
}
