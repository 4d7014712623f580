package org.qsnn.job;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.storage.FileStore;
import org.qsnn.sweep.StoredSweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qsnn sweep status DIR} */
@Command(
    name = "status",
    description = {
      "Shows where every trial of a sweep stands, also while it runs; repeats are compared."
    },
    mixinStandardHelpOptions = true)
final class SweepStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of a sweep.")
  private String path;

  @Override
  public Integer call() {
    StoredSweep sweep = StoredSweep.open(FileStore.of(new Configuration()), path);
    sweep.status().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
