package org.qsnn.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.report.Report;
import org.qsnn.storage.FileStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code qsnn report PATH…}
 *
 * <p>Storage that cannot be reached is a failure at once, as it is for {@code inspect}.
 */
@Command(
    name = "report",
    description = {
      "Makes a page of a run, of several runs side by side, of a folder of runs, or of a sweep, as one HTML file that needs"
          + " no network.",
      "",
      "Of what is not finished it shows what there is. The same run gives the same bytes."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "3:there is no run and no sweep"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn report runs/a",
      "  qsnn report hdfs:///sweeps/a --to a.html",
      "  qsnn report runs",
      "  qsnn report runs/a runs/b --to both.html",
      "  qsnn report runs/a --figures figures"
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Folder of a run, of runs, or of a sweep, on any Hadoop file system; of several, runs.")
  private List<String> paths;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "A new file, or one that this command made before. Default: report.html in the folder, if it is one.")
  private String to;

  @Option(
      names = "--figures",
      paramLabel = "DIR",
      description =
          "Also writes the paper's figures 2 to 5 of these runs, or of this sweep, to a new folder:"
              + " SVG, PNG, and their numbers as CSV.")
  private String figures;

  @Override
  public Integer call() {
    boolean isOne = paths.size() == 1;
    if (!isOne && to == null) {
      throw new ParameterException(
          spec.commandLine(), "--to: must name the page's file where there are several runs");
    }
    FileStore files = FileStore.of(new Configuration());
    String page = to == null ? paths.get(0) + "/" + Report.FILE : to;
    files.paths().requireWritable(page);
    if (figures != null) {
      files.paths().requireWritable(figures);
    }
    Report report = Report.of(files, paths);
    PrintWriter out = spec.commandLine().getOut();
    out.println(report.write(files, page));
    if (figures != null) {
      out.println(report.writeFigures(files, figures));
    }
    return 0;
  }
}
