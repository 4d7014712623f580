package org.qsnn.job;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.config.RunConfig;
import org.qsnn.event.EventFormat;
import org.qsnn.inspect.Inspection;
import org.qsnn.inspect.NetworkInspection;
import org.qsnn.inspect.PngFile;
import org.qsnn.inspect.RecordingInspection;
import org.qsnn.inspect.StoredFiles;
import org.qsnn.storage.FileStore;
import org.qsnn.training.ConfigurationFile;
import org.qsnn.training.PlannedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code qsnn inspect PATH}
 *
 * <p>Storage that cannot be reached is a failure at once: the user is waiting for the answer, and
 * has no configuration that says how long.
 */
@Command(
    name = "inspect",
    description = {
      "Describes a file or folder: a packed model, a checkpoint, a run, a prepared data set, a"
          + " recording of an event camera, a folder with pictures or recordings of classes, or a"
          + " configuration (.conf) with the network that it trains, layer by layer.",
      "",
      "Sizes are counted as in the paper: tensors without the file's header, membranes of one sample."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn inspect runs/a",
      "  qsnn inspect runs/a/model/epoch-000009.safetensors --json",
      "  qsnn inspect conf/quickstart.conf --set network.architecture=vgg16",
      "  qsnn inspect cup.aedat --png cup.png",
      "  qsnn inspect events.csv --columns stamp,u,v,sign --time-unit ns --sensor 304x240"
    })
final class InspectCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "On any Hadoop file system.")
  private String path;

  @Mixin private ConfigurationOptions overrides;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Of a configuration whose data is not prepared yet: the number of classes.")
  private Integer classes;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description =
          "Also draw eight moments of the recording, ON blue, OFF red, to a new file or one that this command drew before.")
  private String png;

  @Option(
      names = "--recording",
      paramLabel = "FORMAT",
      description = {
        "Read a recording as ${COMPLETION-CANDIDATES}.",
        "Without it, AEDAT 2.0 that names no camera is read as aedat2-dvs128, and .bin as n-mnist."
      },
      completionCandidates = RecordingFormats.class,
      converter = RecordingFormats.class)
  private EventFormat format;

  @Mixin private RecordingArguments recording;

  @Override
  public void run() {
    FileStore files = FileStore.of(new Configuration());
    if (path.endsWith(".conf")) {
      print(network(files));
      return;
    }
    if (png != null) {
      files.paths().requireWritable(png);
    }
    print(
        png == null && format == null && !recording.areGiven()
            ? Inspection.of(new StoredFiles(files), path)
            : inspectRecording(files));
  }

  private Inspection network(FileStore files) {
    RunConfig config =
        RunConfig.load(ConfigurationFile.read(files, path), overrides.overrides(), Instant.now());
    OptionalInt named = classes == null ? OptionalInt.empty() : OptionalInt.of(classes);
    PlannedNetwork planned = PlannedNetwork.of(files, config, named);
    return NetworkInspection.of(planned.network(), path, planned.classes());
  }

  private Inspection inspectRecording(FileStore files) {
    RecordingInspection inspected =
        RecordingInspection.of(
            new StoredFiles(files), path, Optional.ofNullable(format), recording.options());
    if (png != null) {
      PngFile.write(files, png, inspected.picture());
    }
    return inspected.inspection();
  }

  private void print(Inspection inspection) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(inspection.json());
    } else {
      inspection.text().forEach(out::println);
    }
  }

  /** Keys of formats, on the command line and in its help. */
  private static final class RecordingFormats
      implements ITypeConverter<EventFormat>, Iterable<String> {
    @Override
    public EventFormat convert(String key) {
      try {
        return EventFormat.named(key);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }

    @Override
    public Iterator<String> iterator() {
      return EventFormat.keys().iterator();
    }
  }
}
