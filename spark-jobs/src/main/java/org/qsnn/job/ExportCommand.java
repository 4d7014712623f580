package org.qsnn.job;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.EnumKey;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.export.CExport;
import org.qsnn.model.FloatExport;
import org.qsnn.model.PackedModel;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;
import org.qsnn.storage.WrittenFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code qsnn export MODEL --to FORMAT --out PATH}
 *
 * <p>Storage that cannot be reached is a failure at once, as it is for {@code inspect}.
 */
@Command(
    name = "export",
    description = {
      "Writes a packed model in a form for other programs and machines. The same model gives the same bytes.",
      "",
      "c: a program that answers with integers alone. Every possible sum of every channel is compared first: a layer that would not answer as it does here is named, and nothing is written."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn export runs/a --to c --out firmware/model",
      "  qsnn export model.safetensors --to c --out shapes --prefix shapes --max-flash 65536",
      "  qsnn export runs/a --to safetensors --out model-f32.safetensors"
    })
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "A packed model, or the folder of a run, on any Hadoop file system.")
  private String path;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      converter = Formats.class,
      description = {
        "c: C99, a header and a source, with an example and the sizes as JSON.",
        "safetensors: effective weights as float32, for PyTorch for example."
      })
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description = "A new folder, or an empty one, for c; a new file for safetensors.")
  private String target;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "qsnn_model",
      description =
          "Of c: name of the files, and in front of all names in them. Default: ${DEFAULT-VALUE}.")
  private String prefix;

  @Option(
      names = "--max-flash",
      paramLabel = "BYTES",
      description = "Of c: refuse a model whose constants are larger.")
  private Long maxFlash;

  @Option(
      names = "--max-ram",
      paramLabel = "BYTES",
      description = "Of c: refuse a model whose arena is larger.")
  private Long maxRam;

  private enum Format {
    C,
    SAFETENSORS
  }

  private static final class Formats implements ITypeConverter<Format> {
    @Override
    public Format convert(String key) {
      return EnumKey.find(Format.values(), key)
          .orElseThrow(() -> new TypeConversionException("must be c or safetensors; found " + key));
    }
  }

  @Override
  public void run() {
    FileStore files = FileStore.of(new Configuration());
    PackedModel model = PackedModels.read(files, path);
    switch (format) {
      case C -> writeC(files, model);
      case SAFETENSORS -> writeFloats(files, model);
    }
  }

  private void writeC(FileStore files, PackedModel model) {
    CExport export =
        new CExport(IntegerNetwork.of(model), prefix, PackedModels.sha256(files, path));
    if (maxFlash != null) {
      export.requireFlash(maxFlash);
    }
    if (maxRam != null) {
      export.requireRam(maxRam);
    }
    try (NewFolder folder = NewFolder.at(files, target)) {
      for (Map.Entry<String, String> file : export.files().entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        files.commit(folder.path() + "/" + file.getKey(), out -> out.write(content));
      }
      if (!folder.publish()) {
        throw folder.refusal();
      }
      tell(
          "%s: %d bytes of constants, %d bytes of arena%n",
          folder.target(), export.flashBytes(), export.ramBytes());
    }
  }

  private void writeFloats(FileStore files, PackedModel model) {
    WrittenFile written = files.commit(target, out -> FloatExport.write(model, out));
    tell("%s: %d bytes, sha256 %s%n", written.path(), written.bytes(), written.sha256());
  }

  private void tell(String text, Object... values) {
    spec.commandLine().getOut().printf(Locale.ROOT, text, values);
  }
}
