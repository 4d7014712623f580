package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.qsnn.ConfigurationException;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.config.SweepConfig;
import org.qsnn.storage.FilePaths;
import org.qsnn.storage.FileStore;
import org.qsnn.training.ConfigurationFile;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code --deploy-mode cluster}: the driver runs on another machine, which has neither the files of
 * this one nor its working directory. So the configuration goes along as a file of Spark's, and
 * what is written or read there must have an absolute path.
 */
final class ClusterMode {
  private static final String MODE = "cluster";

  /** On another file system than this machine's. */
  private static final String ELSEWHERE = "(?!file:)[A-Za-z][A-Za-z0-9+.-]*:.*";

  private static final String UPLOAD = "spark.kubernetes.file.upload.path";
  private static final String ABSOLUTE = "/.*|[A-Za-z][A-Za-z0-9+.-]*:.*";

  private ClusterMode() {}

  /** Whether this process is such a driver, or about to send one off. */
  static boolean isIn(SparkConf given) {
    return given.get("spark.submit.deployMode", "").equals(MODE)
        || given.getBoolean("spark.kubernetes.submitInDriver", false);
  }

  /**
   * @throws ConfigurationException if the data are named by a relative path
   */
  static void requireAbsoluteData(RunConfig config) {
    config.dataset().path().ifPresent(path -> requireAbsolute("dataset.path", path));
    config.dataset().cacheDir().ifPresent(path -> requireAbsolute("dataset.cache-dir", path));
  }

  /**
   * @param key that names the path
   * @throws ConfigurationException if it is relative
   */
  static void requireAbsolute(String key, String path) {
    if (!path.matches(ABSOLUTE)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: must be a path that every machine sees, such as hdfs:///runs/first, since with"
                  + " --deploy-mode cluster the driver runs elsewhere; found %s",
              key,
              path));
    }
  }

  /**
   * The arguments of spark-submit with the configuration among the files that it sends.
   *
   * @throws ConfigurationException if the training could not run elsewhere
   */
  static List<String> travelling(List<String> args) {
    SparkSubmitArguments submitted =
        new SparkSubmitArguments(
            CollectionConverters.asScala(args).toList(),
            scala.collection.immutable.Map.from(CollectionConverters.asScala(System.getenv())));
    if (!MODE.equals(submitted.deployMode())) {
      return args;
    }
    List<String> command = CollectionConverters.asJava(submitted.childArgs());
    Optional<ParseResult> parsed = parsed(command);
    return parsed
        .flatMap(ClusterMode::configuration)
        .filter(path -> Files.isRegularFile(Path.of(path)))
        .map(path -> withFile(args, submitted, command, path, overrides(parsed.orElseThrow())))
        .orElse(args);
  }

  /** Empty if the driver will explain what is wrong with its command line. */
  private static Optional<ParseResult> parsed(List<String> command) {
    ParseResult all =
        Main.commandLine(CommandProcess.inside(new PrintWriter(System.err, true, UTF_8)))
            .parseArgs(command.toArray(String[]::new));
    return Optional.ofNullable(all.subcommand());
  }

  private static Optional<String> configuration(ParseResult command) {
    return command.matchedPositionals().stream()
        .filter(parameter -> parameter.paramLabel().equals("CONF"))
        .map(PositionalParamSpec::stringValues)
        .map(values -> values.get(0))
        .findFirst();
  }

  private static List<String> overrides(ParseResult command) {
    OptionSpec set = command.matchedOption("--set");
    return set == null ? List.of() : set.stringValues();
  }

  private static List<String> withFile(
      List<String> args,
      SparkSubmitArguments submitted,
      List<String> command,
      String path,
      List<String> overrides) {
    requireUpload(submitted, path);
    List<Path> travelling = new ArrayList<>(List.of(Path.of(path)));
    List<String> more = new ArrayList<>();
    if (command.contains("train")) {
      RunConfig config = RunConfig.load(read(path), overrides, Instant.now());
      requireAbsolute("run.dir", config.run().dir());
      requireAbsoluteData(config);
    } else if (command.contains("sweep")) {
      Optional<Path> base = baseOfSweep(path, overrides);
      base.ifPresent(
          file -> {
            travelling.add(file);
            more.addAll(List.of("--set", "sweep.base=" + file.getFileName()));
          });
    }
    int program = args.size() - command.size() - 1;
    List<String> changed = new ArrayList<>(args.subList(0, program));
    changed.addAll(List.of("--files", joined(submitted.files(), travelling)));
    changed.add(args.get(program));
    String name = Path.of(path).getFileName().toString();
    command.forEach(word -> changed.add(word.equals(path) ? name : word));
    changed.addAll(more);
    return changed;
  }

  /** A pod has no files of this machine, unless Spark puts them where both can see them. */
  private static void requireUpload(SparkSubmitArguments submitted, String path) {
    boolean isPod = submitted.master() != null && submitted.master().startsWith("k8s://");
    if (isPod && submitted.sparkProperties().get(UPLOAD).isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: must be a folder that the driver's pod sees too, such as hdfs:///uploads, to send it"
                  + " %s; found none; or name a file of the image that is not on this machine",
              UPLOAD,
              path));
    }
  }

  /**
   * The configuration from which a sweep's trials start, if it is on this machine.
   *
   * @throws ConfigurationException if the sweep could not run elsewhere
   */
  private static Optional<Path> baseOfSweep(String path, List<String> overrides) {
    SweepConfig sweep = SweepConfig.load(read(path), overrides, Instant.now());
    requireAbsolute("sweep.dir", sweep.dir());
    if (sweep.base().matches(ELSEWHERE)) {
      return Optional.empty();
    }
    Path base = FilePaths.onLocalDisk(sweep.base());
    if (!Files.isRegularFile(base)) {
      return Optional.empty();
    }
    if (base.getFileName().equals(Path.of(path).getFileName())) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "sweep.base: must have another name than the sweep's own file, since both are sent to one"
                  + " folder; found %s; rename one of them",
              base));
    }
    List<String> ofAllTrials = new ArrayList<>(sweep.set());
    ofAllTrials.addAll(SweepConfig.ofTheBase(overrides));
    requireAbsoluteData(RunConfig.load(read(base.toString()), ofAllTrials, Instant.now()));
    return Optional.of(base);
  }

  private static ConfigText read(String path) {
    FileStore files = FileStore.of(new Configuration(false));
    return ConfigurationFile.read(files, Path.of(path).toUri().toString());
  }

  private static String joined(String files, List<Path> more) {
    Stream<String> given = files == null || files.isEmpty() ? Stream.of() : Stream.of(files);
    return Stream.concat(given, more.stream().map(path -> path.toUri().toString()))
        .collect(Collectors.joining(","));
  }
}
