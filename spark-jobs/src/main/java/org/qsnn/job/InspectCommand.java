package org.qsnn.job;

import java.io.PrintWriter;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.report.InspectedFiles;
import org.qsnn.report.Inspection;
import org.qsnn.storage.FileEntry;
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

  /** The store as inspection sees it. */
  private record StoredFiles(FileStore files) implements InspectedFiles {
    @Override
    public boolean isFolder(String path) {
      return files.entry(path).isFolder();
    }

    @Override
    public List<String> names(String folder) {
      return files.list(folder).stream().map(FileEntry::name).toList();
    }

    @Override
    public <T> T read(String path, Decoder<T> decoder) {
      long bytes = files.entry(path).bytes();
      return files.read(path, in -> decoder.decode(in, bytes));
    }
  }
}
