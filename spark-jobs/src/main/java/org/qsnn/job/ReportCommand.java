package org.qsnn.job;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.report.ReportFile;
import org.qsnn.report.Reports;
import org.qsnn.storage.FileStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code qsnn report RUN}
 *
 * <p>Storage that cannot be reached is a failure at once, as it is for {@code inspect}.
 */
@Command(
    name = "report",
    description = {
      "Makes a page of a run: curves, spikes, confusion, memory and what was run, as one HTML file that"
          + " needs no network.",
      "",
      "Of a run that is not finished it shows what there is. The same run gives the same bytes."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "3:there is no run"},
    footerHeading = "%nExamples:%n",
    footer = {"  qsnn report runs/a", "  qsnn report hdfs:///runs/a --to a.html"})
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, on any Hadoop file system.")
  private String run;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "A new file, or one that this command made before. Default: report.html in the run's folder.")
  private String to;

  @Override
  public Integer call() {
    FileStore files = FileStore.of(new Configuration());
    byte[] page = Reports.ofRun(files, run);
    String file = to == null ? run + "/" + ReportFile.NAME : to;
    spec.commandLine().getOut().println(ReportFile.write(files, file, page));
    return 0;
  }
}
