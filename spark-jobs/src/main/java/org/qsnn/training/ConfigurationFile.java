package org.qsnn.training;

import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.config.ConfigText;
import org.qsnn.storage.FileStore;

/** Configurations as files. */
public final class ConfigurationFile {
  private static final Logger LOG = LogManager.getLogger();
  private static final int LIMIT = 1 << 16;

  private ConfigurationFile() {}

  /**
   * Reads a file of the local disk, or one of {@code fs.defaultFS} if there is none.
   *
   * @throws ConfigurationException if there is no such file, or it cannot be read
   */
  public static ConfigText read(FileStore files, String path) {
    String nearest = files.paths().nearest(path);
    if (!nearest.equals(path)) {
      tellOfAnother(files, nearest, path);
    }
    try {
      byte[] text = files.readBytes(nearest, LIMIT);
      return new ConfigText(nearest, new String(text, StandardCharsets.UTF_8));
    } catch (DataException e) {
      throw new ConfigurationException("configuration file " + e.getMessage(), e);
    }
  }

  private static void tellOfAnother(FileStore files, String taken, String path) {
    try {
      if (files.impatient().exists(path)) {
        LOG.warn("Reading {}, not {}, which also exists", taken, files.paths().absolute(path));
      }
    } catch (DataException e) {
      // Whether there is one at a place that cannot be looked at now does not matter.
      LOG.debug(e.getMessage());
    }
  }
}
