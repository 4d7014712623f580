package org.qsnn.job;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.catalog.Catalog;
import org.qsnn.catalog.CatalogOrder;
import org.qsnn.storage.FileStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code qsnn runs FOLDER}
 *
 * <p>Storage that cannot be reached is a failure at once, as it is for {@code inspect}.
 */
@Command(
    name = "runs",
    description = {
      "Lists the runs and sweeps in a folder and below, and how each stands.",
      "",
      "Validation and test accuracy and the model's size are those of a run's best epoch, or of a"
          + " sweep's best trial. A run that is stopped is resumed by the command that started it."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done, also if there are none", "3:there is no such folder"},
    footerHeading = "%nExamples:%n",
    footer = {"  qsnn runs runs", "  qsnn runs hdfs:///runs --sort test", "  qsnn runs . --json"})
final class RunsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "On any Hadoop file system.")
  private String folder;

  @Option(names = "--json", description = "Print one JSON object a line instead of a table.")
  private boolean json;

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      defaultValue = "path",
      description = "By ${COMPLETION-CANDIDATES}. Default: path.",
      completionCandidates = CatalogOrders.class,
      converter = CatalogOrders.class)
  private CatalogOrder order;

  @Override
  public Integer call() {
    Catalog catalog = Catalog.of(FileStore.of(new Configuration()), folder);
    catalog.sort(order);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (json) {
      catalog.json().forEach(out::println);
    } else if (catalog.isEmpty()) {
      out.println("no run and no sweep");
    } else {
      catalog.text(Instant.now()).forEach(out::println);
    }
    out.flush();
    catalog.leftOut().forEach(line -> err.println("left out: " + line));
    return 0;
  }
}
