package org.qsnn;

/**
 * Training produced a number that is not finite: names the parameter or layer, the step and the
 * shard. Exit code 4.
 */
public final class DivergedException extends QsnnException {
  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    this(message, null);
  }

  public DivergedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 4;
  }
}
