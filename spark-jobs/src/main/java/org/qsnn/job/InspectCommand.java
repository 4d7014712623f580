package org.qsnn.job;

import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.report.Inspection;
import org.qsnn.storage.FileStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qsnn inspect PATH} */
@Command(
    name = "inspect",
    description = {
      "Says what a file or folder is: a packed model, a checkpoint, a run or a prepared dataset.",
      "",
      "Sizes are the paper's: tensors without the file's header, membranes of one sample."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  qsnn inspect runs/a", "  qsnn inspect runs/a/model/epoch-0009.safetensors --json"})
final class InspectCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "On any Hadoop file system.")
  private String path;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public void run() {
    FileStore files = FileStore.of(new Configuration());
    Inspection inspection = Inspection.of(new StoredFiles(files), path);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(inspection.json());
    } else {
      inspection.text().forEach(out::println);
    }
  }
}
