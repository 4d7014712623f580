package org.qsnn.job;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.EnumKey;
import org.qsnn.classify.Classifier;
import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.Dataset;
import org.qsnn.dataset.Datasets;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.EventFormat;
import org.qsnn.event.RecordingOptions;
import org.qsnn.event.Sensor;
import org.qsnn.model.PackedModel;
import org.qsnn.predict.AnswerFiles;
import org.qsnn.predict.OneFile;
import org.qsnn.predict.Predictions;
import org.qsnn.predict.Predictions.Count;
import org.qsnn.predict.Reading;
import org.qsnn.run.PackedModels;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;
import org.qsnn.train.MinimumMemory;
import org.qsnn.training.MemoryLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code qsnn predict MODEL --in PATH --to DIR} */
@Command(
    name = "predict",
    description = {
      "What a packed model takes pictures or recordings for.",
      "",
      "PATH is a PNG or JPEG file, a .bin file of CIFAR, a recording, a folder with any of them in it and below, or a prepared data set. A folder that is named as a class is the label of what is in it. Files that are damaged or of another size are named and counted; all others are answered."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn predict runs/a --in cup.aedat",
      "  qsnn predict runs/a --in pictures --to answers --format csv",
      "  qsnn predict model.safetensors --in hdfs://host/data/test_batch.bin --to hdfs://host/answers"
    })
final class PredictCommand implements Runnable {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "MODEL", description = "A packed model, or the folder of a run.")
  private String path;

  @Option(
      names = "--in",
      paramLabel = "PATH",
      required = true,
      description = "What is to be classified, on any Hadoop file system.")
  private String input;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "Folder for the answers, on any Hadoop file system; new or empty. Without it the answer for one file is printed.")
  private String target;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Formats.class,
      description = "parquet, json or csv; parquet by default.")
  private AnswerFiles.Format format;

  @Option(
      names = "--resize",
      description = "Make pictures of another size fit: the largest centered square, averaged.")
  private boolean isResizing;

  @Mixin private ConfigurationOptions options;

  private static final class Formats implements ITypeConverter<AnswerFiles.Format> {
    @Override
    public AnswerFiles.Format convert(String key) {
      return EnumKey.find(AnswerFiles.Format.values(), key)
          .orElseThrow(
              () -> new TypeConversionException("must be parquet, json or csv; found " + key));
    }
  }

  @Override
  public void run() {
    if (target == null) {
      if (format != null) {
        throw new ConfigurationException("--format: must come with --to; found it alone");
      }
      FileStore files = FileStore.of(new Configuration());
      Classifier classifier = classifier(files);
      Reading reading = reading(config(classifier.model()).dataset());
      spec.commandLine().getOut().println(OneFile.line(files, classifier, input, reading));
      return;
    }
    try (Session session = main.process().patientSession("predict", options.overrides())) {
      predict(session);
    }
  }

  private void predict(Session session) {
    FileStore files = session.files();
    files.paths().requireWritable(target);
    Classifier classifier = classifier(files);
    RunConfig config = config(classifier.model());
    MemoryLimits.of(session.spark().sparkContext())
        .require(
            MinimumMemory.ofInference(
                classifier.model().spec(), classifier.model().spec().timesteps()),
            "use a smaller network");
    try (NewFolder folder = NewFolder.at(files, target);
        Predictions predictions =
            Predictions.of(
                session.spark(),
                files,
                classifier,
                input,
                reading(config.dataset()),
                config.storage().patience())) {
      // Whether that is permitted is known before all is computed.
      files.createFolder(folder.path());
      Count count = files.patiently("data of predictions", predictions::count);
      List<String> problems = count.broken() == 0 ? List.of() : predictions.problems();
      if (count.answered() == 0) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: must hold samples that can be read; found %d that cannot, the first: %s",
                input,
                count.broken(),
                problems.get(0)));
      }
      AnswerFiles.write(
          files,
          folder,
          predictions.answers(),
          count.answered(),
          classifier.classNames().size(),
          format == null ? AnswerFiles.Format.PARQUET : format);
      PrintWriter err = spec.commandLine().getErr();
      problems.forEach(problem -> err.println("not answered: " + problem));
      tell(count, predictions.passedOver(), folder.target());
    }
  }

  private void tell(Count count, int passedOver, String folder) {
    PrintWriter out = spec.commandLine().getOut();
    if (count.labeled() > 0) {
      out.printf(
          Locale.ROOT,
          "accuracy %.4f  (%d of %d whose label is known)%n",
          (double) count.correct() / count.labeled(),
          count.correct(),
          count.labeled());
    }
    List<String> parts = new ArrayList<>();
    parts.add(count.answered() + " answered");
    parts.add(count.broken() + " not answered");
    if (passedOver > 0) {
      parts.add(
          passedOver + (passedOver == 1 ? " file" : " files") + " of other kinds passed over");
    }
    out.println(folder + ": " + String.join(", ", parts));
  }

  private Classifier classifier(FileStore files) {
    Classifier classifier = Classifier.of(PackedModels.read(files, path));
    return isResizing ? classifier.resizing() : classifier;
  }

  /** How recordings are cut is what the model was trained with, unless it is set. */
  private RunConfig config(PackedModel model) {
    List<String> overrides = new ArrayList<>();
    // Of no matter here, but the data set's kind may not be without one.
    overrides.add("dataset.path=" + '"' + "unused" + '"');
    overrides.addAll(options.overrides());
    return RunConfig.ofModel("model " + path, model.description(), overrides);
  }

  private static Reading reading(DatasetSection dataset) {
    Dataset kind = dataset.kind();
    RecordingOptions options = dataset.recordings().options();
    if (kind.equals(Datasets.CIFAR10_DVS)) {
      options = options.withAedat2(Aedat2Convention.CIFAR10_DVS);
    }
    if (kind.equals(Datasets.N_CARS) && options.sensor() == null) {
      options = options.withSensor(Sensor.N_CARS);
    }
    EventFormat other =
        kind.equals(Datasets.N_MNIST)
            ? EventFormat.N_MNIST
            : kind.equals(Datasets.N_CALTECH101) ? EventFormat.N_CALTECH101 : null;
    WindowCut cut = kind.hasWindows() ? dataset.recordings().cut() : WindowCut.WHOLE;
    return new Reading(cut, options, other);
  }
}
