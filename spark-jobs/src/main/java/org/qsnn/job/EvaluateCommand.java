package org.qsnn.job;

import java.io.PrintWriter;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.config.RunConfig;
import org.qsnn.data.ShardedSamples;
import org.qsnn.dataset.SampleDecoder;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.report.EvaluationText;
import org.qsnn.report.PackedModels;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.LeastMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code qsnn evaluate MODEL} */
@Command(
    name = "evaluate",
    description = {
      "Accuracy and confusion of a packed model on a test set, from the model's file alone.",
      "",
      "The kind of the dataset, and how events become frames, are those that the model was trained"
          + " with, unless they are set."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn evaluate runs/a --set dataset.path=data/cifar10",
      "  qsnn evaluate model.safetensors --set dataset.path=data/cifar10 --json"
    })
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "MODEL", description = "A packed model, or the folder of a run.")
  private String path;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Mixin private ConfigurationOptions options;

  @Override
  public void run() {
    try (Session session = main.process().session("evaluate")) {
      PackedModel model = PackedModels.read(session.files(), path);
      RunConfig config =
          RunConfig.ofModel("model " + path, model.provenance(), options.overrides());
      SampleDecoder decoder = Decoders.evaluation(config.dataset(), model.spec().timesteps());
      MemoryLimits.of(session.spark().sparkContext())
          .require(
              LeastMemory.ofInference(model.spec(), decoder.frames()), "take a smaller network");
      RunData data = RunData.open(session, config);
      requireFit(model.spec(), decoder, data);
      EvaluationTask task = new EvaluationTask(decoder);
      try (ShardedSamples test = data.test(session)) {
        Evaluation evaluation = SparkEvaluator.of(session.spark(), test, task).evaluate(model);
        print(new EvaluationText(evaluation, data.dataset().manifest().classNames()));
      }
    }
  }

  private static void requireFit(NetworkSpec spec, SampleDecoder decoder, RunData data) {
    if (spec.inputChannels() != decoder.channels()
        || spec.inputSize() != decoder.size()
        || spec.classes() != data.classes()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset: the model takes %d×%d×%d and knows %d classes; found %d×%d×%d and %d in %s",
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
