package org.qsnn.job;

import java.nio.charset.StandardCharsets;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.config.ConfigText;
import org.qsnn.storage.FileStore;

/** Configurations as files. */
final class ConfigurationFile {
  private static final int LIMIT = 1 << 16;

  private ConfigurationFile() {}

  /**
   * @throws ConfigurationException if there is no such file, or it cannot be read
   */
  static ConfigText read(FileStore files, String path) {
    try {
      return new ConfigText(path, new String(files.readBytes(path, LIMIT), StandardCharsets.UTF_8));
    } catch (DataException e) {
      throw new ConfigurationException("configuration file " + e.getMessage(), e);
    }
  }
}
