package org.qsnn;

/**
 * A failure that a user can act on. Its message is complete on its own: it names the thing, what
 * was expected, what was found, and where. Anything that is not a {@code QsnnException} is a bug.
 *
 * <p>A message is one line that a terminal can show, whatever the file or name says that it quotes:
 * control characters are written as escape sequences, and what is very long is cut.
 */
public abstract class QsnnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_LENGTH = 4000;

  QsnnException(String message, Throwable cause) {
    super(shortened(ControlCharacters.shownOnOneLine(message)), cause);
  }

  /** The exit code of a command that ends with this failure; one for each family. */
  public abstract int exitCode();

  private static String shortened(String text) {
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
  }
}
