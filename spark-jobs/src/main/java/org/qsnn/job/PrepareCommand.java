package org.qsnn.job;

import java.io.PrintWriter;
import org.qsnn.config.RunConfig;
import org.qsnn.data.Preparation;
import org.qsnn.data.PreparedDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qsnn prepare CONF --to DIR} */
@Command(
    name = "prepare",
    description = {
      "Turns the dataset of a configuration into sharded Parquet with a manifest.",
      "",
      "Training takes raw data too and keeps a prepared form beside its run; prepare once where many"
          + " runs or machines read the same data. dataset.path then names the prepared folder."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn prepare conf/cifar10-small.conf --to data/cifar10-prepared",
      "  qsnn prepare conf/cifar10-resnet19.conf --to hdfs://host/data/cifar10"
          + " --set dataset.path=hdfs://host/raw/cifar-10-binary.tar.gz"
    })
final class PrepareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "Configuration file, on any Hadoop file system.")
  private String configuration;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the prepared dataset, on any Hadoop file system; new or empty.")
  private String target;

  @Mixin private ConfigurationOptions options;

  @Override
  public void run() {
    try (Session session = Session.start("prepare")) {
      RunConfig config = session.configuration(configuration, options.overrides());
      PreparedDataset dataset =
          Preparation.prepare(session.files(), Sources.of(config.dataset()), target);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s: %d training and %d test samples of %d classes%n",
          dataset.path(),
          dataset.manifest().train().samples(),
          dataset.manifest().test().samples(),
          dataset.manifest().classNames().size());
      out.println("Train on it with --set dataset.path=" + target);
    }
  }
}
