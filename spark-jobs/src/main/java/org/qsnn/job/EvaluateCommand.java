package org.qsnn.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.EnumKey;
import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.distributed.SparkAgreement;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.inspect.EvaluationText;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.run.NeuroBenchFile;
import org.qsnn.run.PackedModels;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.storage.FileStore;
import org.qsnn.train.AgreementTask;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.MinimumMemory;
import org.qsnn.training.Decoders;
import org.qsnn.training.MemoryLimits;
import org.qsnn.training.RunData;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code qsnn evaluate MODEL} */
@Command(
    name = "evaluate",
    description = {
      "Accuracy and confusion of a packed model on a test set, from the model's file alone.",
      "",
      "The kind of the data set and how recordings are cut are those the model was trained with, unless they are set; how a sample is shown to the network is the model's own."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn evaluate runs/a --set dataset.path=data/cifar10",
      "  qsnn evaluate model.safetensors --set dataset.path=data/cifar10 --json",
      "  qsnn evaluate runs/a --runner integer",
      "  qsnn evaluate runs/a --set dataset.path=data/cifar10 --neurobench neurobench.json"
    })
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "MODEL", description = "A packed model, or the folder of a run.")
  private String path;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      defaultValue = "float",
      converter = Runners.class,
      description =
          "integer: let the integer runner answer too, and say how far it agrees with floats.")
  private Runner runner;

  /** What answers. */
  private enum Runner {
    FLOAT,
    INTEGER
  }

  private static final class Runners implements ITypeConverter<Runner> {
    @Override
    public Runner convert(String key) {
      return EnumKey.find(Runner.values(), key)
          .orElseThrow(() -> new TypeConversionException("must be float or integer; found " + key));
    }
  }

  @Option(
      names = "--neurobench",
      paramLabel = "FILE",
      description =
          "Also count synaptic operations one by one, and write NeuroBench's metrics under their names to a new JSON file.")
  private String neuroBench;

  @Mixin private ConfigurationOptions options;

  @Override
  public void run() {
    try (Session session = main.process().patientSession("evaluate", options.overrides())) {
      requireNewFile(session.files());
      PackedModel model = PackedModels.read(session.files(), path);
      if (runner == Runner.INTEGER) {
        // Proven before data is read; a model without integer semantics is refused.
        IntegerNetwork.of(model);
      }
      RunConfig config =
          RunConfig.ofModel("model " + path, model.description(), options.overrides());
      ModelInput input = input(model, config.dataset());
      SampleDecoder decoder = decoder(model, input, config.dataset());
      MemoryLimits.of(session.spark().sparkContext())
          .require(
              MinimumMemory.ofInference(model.spec(), decoder.frames()), "use a smaller network");
      RunData data = RunData.open(session.files(), config);
      List<String> classNames = classNames(model.description(), data);
      requireFit(model.spec(), decoder, data);
      try (ShardedSamples test = data.test(session.spark())) {
        print(
            session
                .files()
                .patiently(
                    "data of an evaluation",
                    () -> evaluate(session, test, model, decoder, classNames)));
      }
    }
  }

  private EvaluationText evaluate(
      Session session,
      ShardedSamples test,
      PackedModel model,
      SampleDecoder decoder,
      List<String> classNames) {
    if (runner == Runner.INTEGER) {
      countOperations(session, test, model, decoder);
      AgreementTask task = new AgreementTask(decoder);
      AgreementTask.Result result = new SparkAgreement(session.spark(), test, task).evaluate(model);
      return new EvaluationText(result.floats(), classNames, Optional.of(result.agreement()));
    }
    Evaluation evaluation =
        countOperations(session, test, model, decoder)
            .orElseGet(
                () ->
                    SparkEvaluator.of(session.spark(), test, new EvaluationTask(decoder))
                        .evaluate(model));
    return new EvaluationText(evaluation, classNames);
  }

  /** Empty if nobody asked for it. */
  private Optional<Evaluation> countOperations(
      Session session, ShardedSamples test, PackedModel model, SampleDecoder decoder) {
    if (neuroBench == null) {
      return Optional.empty();
    }
    EvaluationTask task = new EvaluationTask(decoder).countingOperations();
    Evaluation counted = SparkEvaluator.of(session.spark(), test, task).evaluate(model);
    byte[] metrics = NeuroBenchFile.bytes(model, counted);
    session.files().commit(neuroBench, out -> out.write(metrics));
    return Optional.of(counted);
  }

  private void requireNewFile(FileStore files) {
    if (neuroBench != null && files.exists(neuroBench)) {
      throw new DataException(
          neuroBench + ": must be a new file; found one with that name; choose another name");
    }
  }

  /** As the model says it; files of version 1 leave it to the configuration. */
  private static ModelInput input(PackedModel model, DatasetSection dataset) {
    ModelInput configured = dataset.input();
    ModelInput input = model.description().input().orElse(configured);
    if (input.getClass() != configured.getClass()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset.kind: must be one of %s, the kinds that fit the model's input; found %s",
              input instanceof ImageInput ? "images" : "events",
              dataset.kind().key()));
    }
    return input;
  }

  /** Files of version 1 leave the size of frames to the configuration too. */
  private static SampleDecoder decoder(
      PackedModel model, ModelInput input, DatasetSection dataset) {
    boolean isDescribed = model.description().input().isPresent();
    int size = isDescribed ? model.spec().inputSize() : dataset.inputSize();
    return Decoders.evaluation(input, model.spec().timesteps(), size);
  }

  /** The model's own; a data set whose classes have other names has other labels. */
  private static List<String> classNames(ModelDescription model, RunData data) {
    List<String> found = data.dataset().manifest().classNames();
    List<String> known = model.classNames();
    if (!known.isEmpty() && known.size() == found.size() && !known.equals(found)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset: must have the model's classes %s; found %s in %s",
              String.join(", ", known),
              String.join(", ", found),
              data.dataset().path()));
    }
    return found;
  }

  private static void requireFit(NetworkSpec spec, SampleDecoder decoder, RunData data) {
    if (spec.inputChannels() != decoder.channels()
        || spec.inputSize() != decoder.size()
        || spec.classes() != data.classes()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset: must have the model's %d×%d×%d inputs and %d classes; found %d×%d×%d and %d in %s",
              spec.inputChannels(),
              spec.inputSize(),
              spec.inputSize(),
              spec.classes(),
              decoder.channels(),
              decoder.size(),
              decoder.size(),
              data.classes(),
              data.dataset().path()));
    }
  }

  private void print(EvaluationText text) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(text.json());
    } else {
      text.lines().forEach(out::println);
    }
  }
}
