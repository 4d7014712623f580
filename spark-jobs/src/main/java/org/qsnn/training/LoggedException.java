package org.qsnn.training;

/** Carries a failure whose stack trace is in a run's log already. */
public final class LoggedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String log;

  /**
   * @param log path of the log
   */
  public LoggedException(String log, Throwable cause) {
    super(cause.getMessage(), cause);
    this.log = log;
  }

  public String log() {
    return log;
  }
}
