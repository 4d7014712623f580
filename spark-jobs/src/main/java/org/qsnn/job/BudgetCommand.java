package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.ConfigurationException;
import org.qsnn.budget.MembraneBudget;
import org.qsnn.config.ConfigText;
import org.qsnn.config.FineTuning;
import org.qsnn.config.RunConfig;
import org.qsnn.inspect.BudgetText;
import org.qsnn.model.Footprint;
import org.qsnn.model.ModelInput;
import org.qsnn.model.PackedModel;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;
import org.qsnn.train.Evaluator;
import org.qsnn.training.Decoders;
import org.qsnn.training.RunState;
import org.qsnn.training.SparkBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code qsnn budget RUN --max-bytes N} */
@Command(
    name = "budget",
    description = {
      "Chooses the membrane bits of each layer under a budget of memory, by what they cost on the run's validation samples.",
      "",
      "Every layer is tried with 2, 4 and 8 bits while the others are as they were trained; the choice that loses least is then measured as a whole, beside the same bits in every layer, and the best that fits is kept. What is written is the configuration that goes on with the run's weights and these bits."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn budget runs/a --max-bytes 300000",
      "  qsnn budget runs/a --max-ram 65536 --to conf/small.conf",
      "  qsnn train conf/small.conf"
    })
final class BudgetCommand implements Runnable {
  private static final Logger LOG = LogManager.getLogger();
  private static final int TOLD = 10;

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, on any Hadoop file system.")
  private String path;

  @Option(
      names = "--max-bytes",
      paramLabel = "BYTES",
      description = "Of the packed weights and the membranes of one sample together.")
  private Long maxBytes;

  @Option(
      names = "--max-ram",
      paramLabel = "BYTES",
      description = "Of the membranes of one sample alone.")
  private Long maxRam;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      defaultValue = "budget.conf",
      description = "New file for the configuration. Default: ${DEFAULT-VALUE}.")
  private String target;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Mixin private ConfigurationOptions options;

  @Override
  public void run() {
    if ((maxBytes == null) == (maxRam == null)) {
      throw new ConfigurationException(
          "--max-bytes, --max-ram: must come one without the other; found "
              + (maxBytes == null ? "neither" : "both"));
    }
    try (Session session = main.process().patientSession("budget", options.overrides())) {
      FileStore files = session.files();
      session.requireSeenEverywhere("--to", target);
      files.paths().requireWritable(target);
      files.requireNew(target);
      RunConfig config = configuration(files);
      PackedModel model = PackedModels.read(files, path);
      try (SparkBackend backend = SparkBackend.open(session.spark(), files, config)) {
        plan(files, config, model, evaluator(config, backend));
      }
    }
  }

  /** The run's own, with the overrides. */
  private RunConfig configuration(FileStore files) {
    RunConfig trained = RunState.requireConfiguration(files, path);
    return RunConfig.load(
        new ConfigText(path, trained.render()), options.overrides(), Instant.EPOCH);
  }

  private static Evaluator evaluator(RunConfig config, SparkBackend backend) {
    ModelInput input = config.dataset().input(backend.normalization());
    return backend
        .validation(config.evaluation(Decoders.evaluation(config, input)))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "dataset.validation-fraction: must be above 0, for bits are chosen on validation samples; found none"));
  }

  private void plan(FileStore files, RunConfig config, PackedModel model, Evaluator evaluator) {
    long weights = Footprint.of(model.spec()).packedBytes();
    MembraneBudget budget = new MembraneBudget(model, evaluator);
    long most = maxRam == null ? maxBytes - weights : maxRam;
    requireEnough(budget, weights, most);
    int evaluations = budget.evaluations();
    MembraneBudget.Plan plan =
        budget.plan(
            most,
            done -> {
              if (done % TOLD == 0) {
                LOG.info("{} of {} evaluations are done", done, evaluations);
              }
            });
    byte[] text = new FineTuning(path, plan.chosen().bits()).of(config).getBytes(UTF_8);
    files.commit(target, out -> out.write(text));
    print(new BudgetText(plan, model.spec().membraneBits(), weights));
  }

  private void requireEnough(MembraneBudget budget, long weights, long most) {
    long least = budget.leastBytes();
    if (most < least) {
      boolean isRam = maxRam != null;
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: must be at least %d, which %s take with 2 bits in every layer; found %d",
              isRam ? "--max-ram" : "--max-bytes",
              isRam ? least : weights + least,
              isRam ? "the membranes" : "weights and membranes",
              isRam ? maxRam : maxBytes));
    }
  }

  private void print(BudgetText text) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(text.json());
      return;
    }
    List<String> lines = text.lines();
    lines.forEach(out::println);
    out.println();
    out.println("configuration  " + target);
    out.println("to fine-tune   qsnn train " + target);
  }
}
