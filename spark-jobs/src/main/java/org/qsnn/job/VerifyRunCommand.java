package org.qsnn.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.config.RunConfig;
import org.qsnn.inspect.RunComparison;
import org.qsnn.inspect.StoredFiles;
import org.qsnn.storage.FileStore;
import org.qsnn.training.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code qsnn verify-run A B}
 *
 * <p>Storage that cannot be reached is a failure at once, as it is for {@code inspect}.
 */
@Command(
    name = "verify-run",
    description = {
      "Compares two runs bit by bit by their metrics, apart from times and paths.",
      "",
      "Names the first epoch, layer and quantity in which they differ, and what in their configurations and fingerprints may be the reason."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the runs are equal", "5:they are not", "3:one is not a run, or is damaged"},
    footerHeading = "%nExamples:%n",
    footer = {"  qsnn verify-run runs/a runs/b", "  qsnn verify-run runs/a hdfs:///runs/b --json"})
final class VerifyRunCommand implements Callable<Integer> {
  static final int DIFFERENT = 5;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "Folder of a run.")
  private String one;

  @Parameters(index = "1", paramLabel = "B", description = "Folder of another.")
  private String other;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    FileStore files = FileStore.of(new Configuration());
    RunComparison comparison =
        RunComparison.of(new StoredFiles(files), one, other, configurationDifferences(files));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(comparison.json());
    } else {
      comparison.text().forEach(out::println);
    }
    return comparison.isEqual() ? 0 : DIFFERENT;
  }

  private List<String> configurationDifferences(FileStore files) {
    Optional<RunConfig> here = RunState.configuration(files, one);
    Optional<RunConfig> there = RunState.configuration(files, other);
    return here.isPresent() && there.isPresent()
        ? here.get().differencesFrom(there.get())
        : List.of();
  }
}
