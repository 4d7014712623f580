package org.qsnn.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.Datasets;
import org.qsnn.dataset.SimulatedFolder;
import org.qsnn.dataset.SourceFile;
import org.qsnn.prepared.Manifest;
import org.qsnn.prepared.Preparation;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.storage.FileStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code qsnn prepare CONF --to DIR} */
@Command(
    name = "prepare",
    description = {
      "Turns the data set of a configuration into sharded Parquet files with a manifest.",
      "",
      "Training also takes raw data and keeps a prepared form beside its run; prepare it yourself where many runs or machines read the same data. dataset.path then names the prepared folder."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn prepare conf/cifar10-small.conf --to data/cifar10-prepared",
      "  qsnn prepare conf/cifar10-resnet19.conf --to hdfs://host/data/cifar10"
          + " --set dataset.path=hdfs://host/raw/cifar-10-binary.tar.gz",
      "  qsnn prepare conf/cifar10-small.conf --simulate-events --to data/cifar10-events"
          + " --set dataset.limit-train=1000 --set dataset.limit-test=100"
    })
final class PrepareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "CONF", description = "Configuration file, on any Hadoop file system.")
  private String configuration;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the prepared data set, on any Hadoop file system; new or empty.")
  private String target;

  @Option(
      names = "--simulate-events",
      description = {
        "Write recordings instead, as an event camera would make them of the moving images:"
            + " AEDAT 2.0 files in class folders, 0.5 to 2 MB each. dataset.limit-train and"
            + " dataset.limit-test say how many."
      })
  private boolean isSimulating;

  @Mixin private ConfigurationOptions options;

  @Override
  public void run() {
    try (Session session = main.process().patientSession("prepare", options.overrides())) {
      RunConfig config = session.configuration(configuration, options.overrides());
      FileStore files = session.patient(config.storage()).files();
      files.paths().requireWritable(target);
      PrintWriter out = spec.commandLine().getOut();
      if (isSimulating) {
        simulate(files, config.dataset(), out);
      } else {
        prepare(files, config.dataset(), out);
      }
    }
  }

  private void prepare(FileStore files, DatasetSection section, PrintWriter out) {
    PreparedDataset dataset = Preparation.prepare(files, section.source(), target);
    Manifest manifest = dataset.manifest();
    out.printf(
        Locale.ROOT,
        "%s: %d training and %d test samples of %d classes%n",
        dataset.path(),
        manifest.train().samples(),
        manifest.test().samples(),
        manifest.classNames().size());
    List<SourceFile> leftOut = manifest.leftOut();
    if (!leftOut.isEmpty()) {
      out.printf(
          Locale.ROOT, "%d file%s left out:%n", leftOut.size(), leftOut.size() == 1 ? "" : "s");
      leftOut.forEach(file -> out.printf(Locale.ROOT, "  %s%n", file.problem()));
    }
    out.println("Train on it with --set " + ShellWord.quoted("dataset.path=" + target));
  }

  private void simulate(FileStore files, DatasetSection section, PrintWriter out) {
    SimulatedFolder.Written written =
        files.patiently(
            "simulating " + target,
            () ->
                SimulatedFolder.write(
                    files, section.source(), section.limitTrain(), section.limitTest(), target));
    out.printf(
        Locale.ROOT,
        "%s: %d training and %d test recordings%n",
        target,
        written.train(),
        written.test());
    out.printf(
        Locale.ROOT,
        "Train on it with --set dataset.kind=%s --set dataset.recordings.cut=whole"
            + " --set dataset.recordings.aedat2=%s --set %s%n",
        Datasets.RECORDINGS.key(),
        "cifar10-dvs",
        ShellWord.quoted("dataset.path=" + target));
  }
}
