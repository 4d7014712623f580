package org.qsnn.job;

import java.io.PrintWriter;
import java.util.Optional;
import org.qsnn.ConfigurationException;
import org.qsnn.EnumKey;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.distributed.SparkAgreement;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.inspect.EvaluationText;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.PackedModel;
import org.qsnn.run.NeuroBenchFile;
import org.qsnn.run.PackedModels;
import org.qsnn.train.AgreementTask;
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

  @Option(
      names = "--mirror",
      description =
          "Show each sample's mirror image, too, and answer with the mean of both logits, as train.test-mirror does; what NeuroBench's metrics count of a sample is what both take.")
  private boolean mirror;

  @Mixin private ConfigurationOptions options;

  @Override
  public void run() {
    if (mirror && runner == Runner.INTEGER) {
      throw new ConfigurationException(
          "--mirror: must come without --runner integer, which is compared with floats sample by sample; found both");
    }
    try (Session session = main.process().patientSession("evaluate", options.overrides())) {
      if (neuroBench != null) {
        session.files().paths().requireWritable(neuroBench);
        session.files().requireNew(neuroBench);
      }
      PackedModel model = PackedModels.read(session.files(), path);
      if (runner == Runner.INTEGER) {
        // Proven before data is read; a model without integer semantics is refused.
        IntegerNetwork.of(model);
      }
      try (TestSet test = TestSet.open(session, model, path, options.overrides())) {
        print(
            session
                .files()
                .patiently("data of an evaluation", () -> evaluate(session, test, model)));
      }
    }
  }

  private EvaluationText evaluate(Session session, TestSet test, PackedModel model) {
    if (runner == Runner.INTEGER) {
      countOperations(session, test, model);
      AgreementTask task = new AgreementTask(test.decoder());
      AgreementTask.Result result =
          new SparkAgreement(session.spark(), test.samples(), task).evaluate(model);
      return EvaluationText.beside(result.floats(), test.classNames(), result.agreement());
    }
    Evaluation evaluation =
        countOperations(session, test, model)
            .orElseGet(
                () ->
                    SparkEvaluator.of(session.spark(), test.samples(), task(test)).evaluate(model));
    return EvaluationText.of(evaluation, test.classNames(), mirror);
  }

  /** Empty if nobody asked for it. */
  private Optional<Evaluation> countOperations(Session session, TestSet test, PackedModel model) {
    if (neuroBench == null) {
      return Optional.empty();
    }
    EvaluationTask task = task(test).countingOperations();
    Evaluation counted = SparkEvaluator.of(session.spark(), test.samples(), task).evaluate(model);
    byte[] metrics = NeuroBenchFile.bytes(model, counted);
    session.files().commit(neuroBench, out -> out.write(metrics));
    return Optional.of(counted);
  }

  private EvaluationTask task(TestSet test) {
    EvaluationTask task = new EvaluationTask(test.decoder());
    return mirror ? task.mirroring() : task;
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
