package org.qsnn.storage;

import java.io.IOException;
import java.util.Optional;
import org.qsnn.DataException;

/**
 * A file system refused, or could not be reached: it is not known what is there. That nothing is
 * there, or something damaged, is a plain {@link DataException}.
 */
public final class StorageException extends DataException {
  private static final long serialVersionUID = 1L;

  private final boolean isAway;

  StorageException(String message, IOException cause, boolean isAway) {
    super(message, cause);
    this.isAway = isAway;
  }

  /** What others, such as Spark, met when they read a file, if it was a missing permission. */
  public static Optional<DataException> ofPermission(String path, Throwable failed) {
    return StorageFailure.permission(failed).map(e -> StorageFailure.of("read", path, e));
  }

  /** Whether it could not be reached, and may be there again later. */
  public boolean isAway() {
    return isAway;
  }
}
