package org.qsnn.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.qsnn.ConfigurationException;

/** The files of this machine that go to Spark with a command: Spark passes over a missing jar. */
final class SubmittedFiles {
  private static final Map<String, String> OPTIONS =
      Map.of("spark.jars", "--jars", "spark.files", "--files", "spark.archives", "--archives");

  private SubmittedFiles() {}

  /**
   * @throws ConfigurationException if one is not there
   */
  static void requireThere(SparkConf given) {
    OPTIONS.forEach(
        (key, option) ->
            Stream.of(given.get(key, "").split(","))
                .map(String::trim)
                .flatMap(file -> local(file).stream())
                .filter(file -> !Files.isReadable(file))
                .findFirst()
                .ifPresent(file -> refuse(option, key, file)));
  }

  private static void refuse(String option, String key, Path file) {
    throw new ConfigurationException(
        String.format(
            Locale.ROOT, "%s (%s): must be a readable file; found %s", option, key, file));
  }

  /** Without the name behind a number sign, which is the file's on executors. */
  private static Optional<Path> local(String file) {
    try {
      URI uri = new URI(file);
      boolean isLocal = uri.getPath() != null && "file".equals(uri.getScheme());
      return isLocal ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty(); // a pattern of several
    }
  }
}
