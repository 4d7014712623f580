package org.qsnn.dataset;

import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.storage.StorageException;

/** Counts the damaged files of a data set that are left out, up to a limit. */
final class BadFiles {
  private static final Logger LOG = LogManager.getLogger();

  private final int tolerated;
  private int found;

  /**
   * @param tolerated files that are left out before one is a failure
   */
  BadFiles(int tolerated) {
    this.tolerated = tolerated;
  }

  /**
   * Leaves a file out, and returns why.
   *
   * @param e what is wrong with it
   * @throws DataException if it may be sound and cannot be read just now, or is one too many
   */
  String leftOut(DataException e) {
    if (e instanceof StorageException storage && storage.isAway()) {
      throw e;
    }
    if (found++ == tolerated) {
      throw tolerated == 0
          ? new DataException(
              e.getMessage() + "; dataset.on-bad-file=skip leaves such files out", e)
          : new DataException(
              String.format(
                  Locale.ROOT,
                  "more than %d bad files (dataset.bad-file-limit); the last: %s",
                  tolerated,
                  e.getMessage()),
              e);
    }
    LOG.warn("Left out: {}", e.getMessage());
    return e.getMessage();
  }
}
