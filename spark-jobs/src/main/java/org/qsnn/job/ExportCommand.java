package org.qsnn.job;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.ConfigurationException;
import org.qsnn.EnumKey;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.distributed.SparkNir;
import org.qsnn.export.CExport;
import org.qsnn.metric.Confusion;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.FloatExport;
import org.qsnn.model.PackedModel;
import org.qsnn.nir.NirExport;
import org.qsnn.nir.NirTask;
import org.qsnn.onnx.OnnxExport;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;
import org.qsnn.storage.WrittenFile;
import org.qsnn.train.EvaluationTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
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
      "c: a program that answers with integers alone. Every possible sum of every channel is compared first: a layer that would not answer as it does here is named, and nothing is written.",
      "",
      "onnx: the same integers as a graph, timesteps unrolled, 1-bit weights as bits, with the scores, logits and class of any number of samples.",
      "",
      "nir: exact for float membranes. NIR has no words for membranes of 2, 4 or 8 bits: with --approximate they become floats, and what was written answers for the test set, which is that of evaluate."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn export runs/a --to c --out firmware/model",
      "  qsnn export model.safetensors --to c --out shapes --prefix shapes --max-flash 65536",
      "  qsnn export runs/a --to onnx --out model.onnx",
      "  qsnn export runs/a --to nir --approximate --out model.nir --set dataset.path=data/cifar10",
      "  qsnn export runs/a --to safetensors --out model-f32.safetensors"
    })
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

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
        "onnx: ONNX of opset 18, which answers with the same integers.",
        "nir: a graph of NIR, HDF5, for simulators and neuromorphic chips.",
        "safetensors: effective weights as float32, for PyTorch for example."
      })
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description = "A new folder, or an empty one, for c; a new file for the others.")
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

  @Option(
      names = "--approximate",
      description =
          "Of nir: also write what it cannot say exactly, and print the accuracy of what was written.")
  private boolean isApproximate;

  @Mixin private ConfigurationOptions options;

  private enum Format {
    C,
    ONNX,
    NIR,
    SAFETENSORS
  }

  private static final class Formats implements ITypeConverter<Format> {
    @Override
    public Format convert(String key) {
      return EnumKey.find(Format.values(), key)
          .orElseThrow(
              () ->
                  new TypeConversionException("must be c, onnx, nir or safetensors; found " + key));
    }
  }

  @Override
  public void run() {
    requireOptionsOfTheFormat();
    if (isApproximate) {
      try (Session session = main.process().patientSession("export", options.overrides())) {
        session.files().paths().requireWritable(target);
        writeApproximation(session);
      }
      return;
    }
    FileStore files = FileStore.of(new Configuration());
    files.paths().requireWritable(target);
    PackedModel model = PackedModels.read(files, path);
    switch (format) {
      case C -> writeC(files, model);
      case ONNX -> writeOnnx(files, model);
      case NIR -> writeNir(files, model);
      case SAFETENSORS -> writeFloats(files, model);
    }
  }

  private void requireOptionsOfTheFormat() {
    if (isApproximate && format != Format.NIR) {
      throw new ConfigurationException(
          "--approximate: must come with --to nir; found --to " + EnumKey.of(format));
    }
    for (String option : List.of("--prefix", "--max-flash", "--max-ram")) {
      if (format != Format.C && spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ConfigurationException(
            option + ": must come with --to c; found --to " + EnumKey.of(format));
      }
    }
    if (!isApproximate && !options.overrides().isEmpty()) {
      throw new ConfigurationException(
          "--set: must come with --approximate, for it says where the test set is; found it alone");
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

  private void writeOnnx(FileStore files, PackedModel model) {
    byte[] graph = OnnxExport.bytes(IntegerNetwork.of(model), PackedModels.sha256(files, path));
    tellWritten(files.commit(target, out -> out.write(graph)));
  }

  private void writeNir(FileStore files, PackedModel model) {
    if (!NirExport.isExact(model)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--to nir: must have float membranes, for NIR cannot say others; found %s bits; --approximate writes floats instead, and measures what that does",
              model.spec().membraneBits().shown()));
    }
    byte[] graph = nir(files, model);
    tellWritten(files.commit(target, out -> out.write(graph)));
  }

  private byte[] nir(FileStore files, PackedModel model) {
    return NirBytes.of(NirExport.graph(model, PackedModels.sha256(files, path)));
  }

  private void writeApproximation(Session session) {
    session.requireSeenEverywhere("--out", target);
    FileStore files = session.files();
    files.requireNew(target);
    PackedModel model = PackedModels.read(files, path);
    byte[] graph = nir(files, model);
    try (TestSet test = TestSet.open(session, model, path, options.overrides())) {
      Confusion written =
          files.patiently(
              "data of an evaluation",
              () ->
                  new SparkNir(
                          session.spark(),
                          test.samples(),
                          new NirTask(test.decoder(), model.spec().timesteps()))
                      .evaluate(graph, model.spec().classes()));
      Evaluation own =
          files.patiently(
              "data of an evaluation",
              () ->
                  SparkEvaluator.of(
                          session.spark(), test.samples(), new EvaluationTask(test.decoder()))
                      .evaluate(model));
      tellWritten(files.commit(target, out -> out.write(graph)));
      tell(
          "accuracy of the graph by NIR's rules %.4f  (%d of %d); of the model %.4f%n",
          written.accuracy(), written.correct(), written.samples(), own.accuracy());
    }
  }

  private void writeFloats(FileStore files, PackedModel model) {
    tellWritten(files.commit(target, out -> FloatExport.write(model, out)));
  }

  private void tellWritten(WrittenFile written) {
    tell("%s: %d bytes, sha256 %s%n", written.path(), written.bytes(), written.sha256());
  }

  private void tell(String text, Object... values) {
    spec.commandLine().getOut().printf(Locale.ROOT, text, values);
  }
}
