package org.qsnn;

/**
 * A failure that a user can act on. Its message is complete by itself: it names the thing, what was
 * expected, what was found, and where. Anything that is not a {@code QsnnException} is a bug.
 */
public abstract class QsnnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QsnnException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The exit code of a command that ends with this failure; one for each family. */
  public abstract int exitCode();
}
