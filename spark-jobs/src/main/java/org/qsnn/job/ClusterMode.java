package org.qsnn.job;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.qsnn.ConfigurationException;
import org.qsnn.config.DistillationSection;
import org.qsnn.config.RunConfig;

/**
 * {@code --deploy-mode cluster}: the driver runs on another machine, which has neither the files of
 * this one nor its working directory. What is written or read there must have an absolute path.
 */
final class ClusterMode {
  /** What Spark calls it. */
  static final String NAME = "cluster";

  private static final String ABSOLUTE = "/.*|[A-Za-z][A-Za-z0-9+.-]*:.*";

  private ClusterMode() {}

  /** Whether this process is such a driver, or about to send one off. */
  static boolean isIn(SparkConf given) {
    return given.get("spark.submit.deployMode", "").equals(NAME)
        || given.getBoolean("spark.kubernetes.submitInDriver", false);
  }

  /**
   * @throws ConfigurationException if what the training reads is named by a relative path
   */
  static void requireAbsoluteData(RunConfig config) {
    config.dataset().path().ifPresent(path -> requireAbsolute("dataset.path", path));
    config.dataset().cacheDir().ifPresent(path -> requireAbsolute("dataset.cache-dir", path));
    config.train().startFrom().ifPresent(path -> requireAbsolute("train.start-from", path));
    config
        .train()
        .distillation()
        .teacher()
        .ifPresent(path -> requireAbsolute(DistillationSection.TEACHER, path));
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
}
