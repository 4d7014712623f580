package org.qsnn.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.EnumKey;
import org.qsnn.model.FloatExport;
import org.qsnn.model.PackedModel;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.WrittenFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qsnn export MODEL --to FORMAT --out FILE} */
@Command(
    name = "export",
    description = "A packed model in a form that other programs read.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  qsnn export runs/a --to safetensors --out model-f32.safetensors")
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A packed model, or the folder of a run.")
  private String path;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = "safetensors: effective weights as float32, for PyTorch for example.")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "A new file, on any Hadoop file system.")
  private String target;

  /** What can be written; a new form is a constant here. */
  enum Format {
    SAFETENSORS(FloatExport::write);

    private final Writer writer;

    Format(Writer writer) {
      this.writer = writer;
    }

    /** The word on the command line. */
    @Override
    public String toString() {
      return EnumKey.of(this);
    }

    private interface Writer {
      void write(PackedModel model, OutputStream out) throws IOException;
    }
  }

  @Override
  public void run() {
    FileStore files = FileStore.of(new Configuration());
    PackedModel model = PackedModels.read(files, path);
    WrittenFile written = files.commit(target, out -> format.writer.write(model, out));
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: %d bytes, sha256 %s%n",
            written.path(),
            written.bytes(),
            written.sha256());
  }
}
