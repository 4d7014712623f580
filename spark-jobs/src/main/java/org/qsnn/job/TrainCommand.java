package org.qsnn.job;

import java.io.PrintWriter;
import org.qsnn.config.RunConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qsnn train CONF} */
@Command(
    name = "train",
    description = {
      "Trains a network, validates after every epoch, tests the best epoch's packed model once.",
      "",
      "A run goes on from its newest checkpoint if run.dir holds one of the same configuration."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn train conf/quickstart.conf",
      "  qsnn train conf/cifar10-small.conf --set dataset.path=data/cifar10 --set run.dir=runs/a",
      "  qsnn train conf/cifar10-small.conf --set run.dir=runs/a --resume --master local[2]"
    })
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "Configuration file, on any Hadoop file system.")
  private String configuration;

  @Option(names = "--resume", description = "Go on with the run in run.dir; done is fine.")
  private boolean resume;

  @Mixin private ConfigurationOptions options;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Session session = Session.start("train")) {
      RunConfig config = session.configuration(configuration, options.overrides());
      RunState state = RunState.of(session.files(), config);
      if (state.isFinished(config, resume)) {
        out.println(config.run().dir() + ": this run is finished; nothing to do");
        return;
      }
      Training training = new Training(session, config);
      try (ProgressDisplay display = ProgressDisplay.onStandardError()) {
        training.run(display).forEach(out::println);
      }
    }
  }
}
