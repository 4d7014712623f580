package org.qsnn.job;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.storage.FileStore;
import org.qsnn.sweep.StoredSweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qsnn sweep best DIR} */
@Command(
    name = "best",
    description = {
      "Shows the best trials of a sweep, those that none is better than in every objective, and for each"
          + " the commands that evaluate its model and train it again."
    },
    mixinStandardHelpOptions = true)
final class SweepBestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of a sweep.")
  private String path;

  @Override
  public Integer call() {
    StoredSweep sweep = StoredSweep.open(FileStore.of(new Configuration()), path);
    sweep.best().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
