package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
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
 * What spark-submit is asked where the driver will run elsewhere ({@link ClusterMode}): the
 * configuration goes along as a file of Spark's, and the driver's environment is that of the
 * launcher.
 */
final class ClusterSubmission {
  /** On another file system than this machine's. */
  private static final String ELSEWHERE = "(?!file:)[A-Za-z][A-Za-z0-9+.-]*:.*";

  private static final String UPLOAD = "spark.kubernetes.file.upload.path";

  /** Where images for Kubernetes have this program (docker/kubernetes/Dockerfile). */
  private static final String PROGRAM_OF_IMAGE = "local:///opt/qsnn/qsnn.jar";

  private final List<String> args;
  private final SparkSubmitArguments submitted;
  private final List<String> command;

  private ClusterSubmission(List<String> args, SparkSubmitArguments submitted) {
    this.args = args;
    this.submitted = submitted;
    this.command = CollectionConverters.asJava(submitted.childArgs());
  }

  /** Empty if arguments of spark-submit ask for a driver in this process. */
  static Optional<ClusterSubmission> of(List<String> args) {
    SparkSubmitArguments submitted =
        new SparkSubmitArguments(
            CollectionConverters.asScala(args).toList(),
            scala.collection.immutable.Map.from(CollectionConverters.asScala(System.getenv())));
    return ClusterMode.NAME.equals(submitted.deployMode())
        ? Optional.of(new ClusterSubmission(args, submitted))
        : Optional.empty();
  }

  String master() {
    return submitted.master();
  }

  /**
   * Those of spark-submit for a driver that finds everything.
   *
   * @throws ConfigurationException if the command could not run elsewhere
   */
  List<String> arguments() {
    Optional<ParseResult> parsed = parsed();
    Optional<String> file =
        parsed
            .flatMap(ClusterSubmission::configuration)
            .filter(path -> Files.isRegularFile(Path.of(path)));
    List<Path> travelling = new ArrayList<>();
    List<String> words = new ArrayList<>(command);
    if (file.isPresent()) {
      Path path = Path.of(file.get());
      requireUpload(path);
      travelling.add(path);
      words.replaceAll(word -> word.equals(file.get()) ? path.getFileName().toString() : word);
      Optional<Path> base = checked(file.get(), overrides(parsed.orElseThrow()));
      base.ifPresent(
          other -> {
            travelling.add(other);
            words.addAll(List.of("--set", "sweep.base=" + other.getFileName()));
          });
    }
    int program = args.size() - command.size() - 1;
    List<String> changed = new ArrayList<>(args.subList(0, program));
    if (!travelling.isEmpty()) {
      changed.addAll(List.of("--files", withFiles(travelling)));
    }
    driverEnvironment()
        .forEach((key, value) -> changed.addAll(List.of("--conf", key + "=" + value)));
    changed.addAll(program(args.get(program)));
    changed.addAll(words);
    return changed;
  }

  /** Empty if the driver will explain what is wrong with its command line. */
  private Optional<ParseResult> parsed() {
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

  /** Returns the base of a sweep, if it is on this machine too. */
  private Optional<Path> checked(String path, List<String> overrides) {
    if (command.contains("train")) {
      RunConfig config = RunConfig.load(read(path), overrides, Instant.now());
      ClusterMode.requireAbsolute("run.dir", config.run().dir());
      ClusterMode.requireAbsoluteData(config);
    }
    return command.contains("sweep") ? baseOfSweep(path, overrides) : Optional.empty();
  }

  private boolean isOnKubernetes() {
    return submitted.master() != null && submitted.master().startsWith("k8s://");
  }

  /** A pod has no files of this machine, unless Spark puts them where both can see them. */
  private void requireUpload(Path path) {
    if (isOnKubernetes() && submitted.sparkProperties().get(UPLOAD).isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: must be a folder that the driver's pod sees too, such as hdfs:///uploads, to send it"
                  + " %s; found none; or name a file of the image that is not on this machine",
              UPLOAD,
              path));
    }
  }

  /** One native thread, as in every process that the launcher starts. */
  private Map<String, String> driverEnvironment() {
    String prefix = isOnKubernetes() ? "spark.kubernetes.driverEnv." : "spark.yarn.appMasterEnv.";
    return Stream.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
        .map(variable -> prefix + variable)
        .filter(key -> submitted.sparkProperties().get(key).isEmpty())
        .collect(Collectors.toMap(key -> key, key -> "1", (a, b) -> a, TreeMap::new));
  }

  /** An image for pods has this program: it is not sent a second time. */
  private List<String> program(String given) {
    boolean isThis = Path.of(given).equals(ThisProgram.file());
    return isOnKubernetes() && isThis
        ? List.of("--class", Main.class.getName(), PROGRAM_OF_IMAGE)
        : List.of(given);
  }

  /**
   * The configuration from which a sweep's trials start, if it is on this machine.
   *
   * @throws ConfigurationException if the sweep could not run elsewhere
   */
  private static Optional<Path> baseOfSweep(String path, List<String> overrides) {
    SweepConfig sweep = SweepConfig.load(read(path), overrides, Instant.now());
    ClusterMode.requireAbsolute("sweep.dir", sweep.dir());
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
    ClusterMode.requireAbsoluteData(
        RunConfig.load(read(base.toString()), ofAllTrials, Instant.now()));
    return Optional.of(base);
  }

  private static ConfigText read(String path) {
    FileStore files = FileStore.of(new Configuration(false));
    return ConfigurationFile.read(files, Path.of(path).toUri().toString());
  }

  private String withFiles(List<Path> more) {
    String files = submitted.files();
    Stream<String> given = files == null || files.isEmpty() ? Stream.of() : Stream.of(files);
    return Stream.concat(given, more.stream().map(path -> path.toUri().toString()))
        .collect(Collectors.joining(","));
  }
}
