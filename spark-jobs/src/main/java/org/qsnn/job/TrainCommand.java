package org.qsnn.job;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.qsnn.config.RunConfig;
import org.qsnn.report.Report;
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

/** {@code qsnn train CONF} */
@Command(
    name = "train",
    description = {
      "Trains a network, validates after every epoch, tests the best epoch's packed model once.",
      "",
      "Resumes from the newest checkpoint if run.dir holds a run of the same configuration.",
      "Ctrl-C ends it after the current step, with a checkpoint; a second Ctrl-C ends it at once."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn train conf/quickstart.conf",
      "  qsnn train conf/cifar10-small.conf --set dataset.path=data/cifar10 --set run.dir=runs/a",
      "  qsnn train conf/cifar10-small.conf --set run.dir=runs/a --resume --master local[2]"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "CONF", description = "Configuration file, on any Hadoop file system.")
  private String configuration;

  @Option(
      names = "--resume",
      description =
          "Resume the run in run.dir; also accepts a run that is finished or has not begun.")
  private boolean resume;

  @Mixin private ConfigurationOptions options;

  @Override
  public Integer call() {
    try (Session first = main.process().patientSession("train", options.overrides())) {
      RunConfig config = first.configuration(configuration, options.overrides());
      first.requireSeenEverywhere("run.dir", config.run().dir());
      Session session = first.patient(config.storage());
      return isFinished(session, config) ? 0 : train(session, config);
    }
  }

  private boolean isFinished(Session session, RunConfig config) {
    boolean isFinished = RunState.of(session.files(), config).isFinished(config, resume);
    if (isFinished) {
      out().println(config.run().dir() + ": this run is finished; nothing to do");
    }
    return isFinished;
  }

  private int train(Session session, RunConfig config) {
    try (Backend backend = SparkBackend.open(session.spark(), session.files(), config)) {
      return train(session, config, new Training(session.files(), config, backend));
    }
  }

  private int train(Session session, RunConfig config, Training training) {
    try (Lease lease = Lease.acquire(session.files(), config.run().dir())) {
      // Another driver may have worked here until a moment ago.
      return isFinished(session, config) ? 0 : train(session.files(), config, training, lease);
    }
  }

  private int train(FileStore files, RunConfig config, Training training, Lease lease) {
    StopSignal stop = main.process().stop();
    try (TrainingProgress progress = ProgressBarDisplay.orLinesOnStandardError()) {
      Training.Outcome outcome = training.run(lease, main.process().watch(progress));
      outcome.lines().forEach(out()::println);
      if (outcome.isStopped()) {
        return stop.exitCode();
      }
      out().println(Report.leave(files, config.run().dir()));
      return 0;
    } catch (RuntimeException e) {
      throw lease.explain(e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
