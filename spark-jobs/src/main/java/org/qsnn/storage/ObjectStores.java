package org.qsnn.storage;

import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.qsnn.ConfigurationException;

/**
 * Stores of objects that Hadoop shows as file systems. They are read from, and never written to: a
 * rename copies there and may be seen half done, and two writers may both find a name free, so that
 * neither a whole file, nor the newest checkpoint, nor a single driver could be promised.
 */
final class ObjectStores {
  /** Azure's abfs renames in one step in some accounts only, and does not say in which. */
  private static final Set<String> SCHEMES =
      Set.of(
          "s3", "s3a", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn", "obs", "swift",
          "tos", "oci");

  private ObjectStores() {}

  /**
   * @throws ConfigurationException if what is written there could be seen half done
   */
  static void refuse(Path target) {
    String scheme = target.toUri().getScheme();
    if (scheme != null && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: must be on a file system that renames in one step, such as HDFS or a disk that all"
                  + " machines share; found an object store, which is only read from; write elsewhere and"
                  + " copy what is finished with hadoop distcp",
              target));
    }
  }
}
