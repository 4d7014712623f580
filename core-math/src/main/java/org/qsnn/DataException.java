package org.qsnn;

/**
 * Corrupt, missing or inaccessible data: names the file, the offset where known, expected and
 * found. Exit code 3.
 */
public class DataException extends QsnnException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    this(message, null);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
