package org.qsnn.job;

import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.qsnn.ConfigurationException;
import org.qsnn.config.RunConfig;
import org.qsnn.storage.FileStore;
import org.qsnn.training.ConfigurationFile;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code --deploy-mode cluster}: the driver runs on another machine, which has neither the files of
 * this one nor its working directory. So the configuration goes along as a file of Spark's, and
 * what is written or read there must have an absolute path.
 */
final class ClusterMode {
  private static final String MODE = "cluster";
  private static final String ABSOLUTE = "/.*|[A-Za-z][A-Za-z0-9+.-]*:.*";

  private ClusterMode() {}

  /** Whether this process is such a driver, or about to send one off. */
  static boolean isIn(SparkConf given) {
    return given.get("spark.submit.deployMode", "").equals(MODE)
        || given.getBoolean("spark.kubernetes.submitInDriver", false);
  }

  /**
   * @throws ConfigurationException if it names a place by a relative path
   */
  static void requireAbsolute(RunConfig config) {
    requireAbsolute("run.dir", config.run().dir());
    config.dataset().path().ifPresent(path -> requireAbsolute("dataset.path", path));
    config.dataset().cacheDir().ifPresent(path -> requireAbsolute("dataset.cache-dir", path));
  }

  private static void requireAbsolute(String key, String path) {
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

  private static Optional<ParseResult> parsed(List<String> command) {
    CommandProcess process = CommandProcess.inside(new PrintWriter(Writer.nullWriter()));
    try {
      String[] words = command.toArray(String[]::new);
      return Optional.ofNullable(Main.commandLine(process).parseArgs(words).subcommand());
    } catch (ParameterException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
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
    if (command.contains("train")) {
      FileStore files = FileStore.of(new Configuration(false));
      String file = Path.of(path).toUri().toString();
      requireAbsolute(
          RunConfig.load(ConfigurationFile.read(files, file), overrides, Instant.now()));
    }
    int program = args.size() - command.size() - 1;
    List<String> changed = new ArrayList<>(args.subList(0, program));
    changed.addAll(List.of("--files", joined(submitted.files(), Path.of(path).toUri())));
    changed.add(args.get(program));
    String name = Path.of(path).getFileName().toString();
    command.forEach(word -> changed.add(word.equals(path) ? name : word));
    return changed;
  }

  private static String joined(String files, URI file) {
    return files == null || files.isEmpty() ? file.toString() : files + "," + file;
  }
}
