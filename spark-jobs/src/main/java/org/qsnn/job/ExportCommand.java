package org.qsnn.job;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.export.CExport;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code qsnn export MODEL --to c --out DIR}
 *
 * <p>Storage that cannot be reached is a failure at once, as it is for {@code inspect}.
 */
@Command(
    name = "export",
    description = {
      "Writes a packed model as a program for another machine, which answers with integers alone.",
      "",
      "Every possible sum of every channel is compared first: a layer that would not answer as it does here is named, and nothing is written. The same model gives the same bytes."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn export runs/a --to c --out firmware/model",
      "  qsnn export model.safetensors --to c --out shapes --name shapes --max-flash 65536"
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
      description = "c: C99, a header and a source, with an example and the sizes as JSON.")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the files; new or empty.")
  private String target;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "qsnn_model",
      description = "Of the files, and in front of all names in them. Default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--max-flash",
      paramLabel = "BYTES",
      description = "Refuse a model whose constants are larger.")
  private Long maxFlash;

  @Option(
      names = "--max-ram",
      paramLabel = "BYTES",
      description = "Refuse a model whose arena is larger.")
  private Long maxRam;

  @Override
  public void run() {
    if (!format.equals("c")) {
      throw new ParameterException(spec.commandLine(), "--to: must be c; found " + format);
    }
    FileStore files = FileStore.of(new Configuration());
    CExport export =
        new CExport(
            IntegerNetwork.of(PackedModels.read(files, path)),
            name,
            PackedModels.sha256(files, path));
    if (maxFlash != null) {
      export.requireFlash(maxFlash);
    }
    if (maxRam != null) {
      export.requireRam(maxRam);
    }
    write(files, export);
  }

  private void write(FileStore files, CExport export) {
    try (NewFolder folder = NewFolder.at(files, target)) {
      for (Map.Entry<String, String> file : export.files().entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        files.commit(folder.path() + "/" + file.getKey(), out -> out.write(content));
      }
      if (!folder.publish()) {
        throw folder.refusal();
      }
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s: %d bytes of constants, %d bytes of arena%n",
              folder.target(),
              export.flashBytes(),
              export.ramBytes());
    }
  }
}
