package org.qsnn;

/**
 * Wrong configuration or command line: names the key, what was found and what is allowed. Exit code
 * 2.
 */
public final class ConfigurationException extends QsnnException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    this(message, null);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
