package org.qsnn.event;

import org.qsnn.DataException;

/** A recording ends in the middle of something. */
final class TruncatedException extends DataException {
  private static final long serialVersionUID = 1L;

  private final long found;

  /**
   * @param found bytes of it that are there
   */
  TruncatedException(DataException failure, long found) {
    super(failure.getMessage());
    this.found = found;
  }

  long found() {
    return found;
  }
}
