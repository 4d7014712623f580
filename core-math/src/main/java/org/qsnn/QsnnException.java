package org.qsnn;

import java.util.Locale;

/**
 * A failure that a user can act on. Its message is complete by itself: it names the thing, what was
 * expected, what was found, and where. Anything that is not a {@code QsnnException} is a bug.
 *
 * <p>A message is one line that a terminal can show, whatever the file or name says that it quotes:
 * control characters are written as escape sequences, and what is very long is cut.
 */
public abstract class QsnnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_LENGTH = 4000;

  QsnnException(String message, Throwable cause) {
    super(shortened(printable(message)), cause);
  }

  /** The exit code of a command that ends with this failure; one for each family. */
  public abstract int exitCode();

  /**
   * A text on one line without anything that a terminal would obey: control characters and those
   * that change the direction of writing become {@code \\u} and four digits.
   */
  public static String printable(String text) {
    StringBuilder line = new StringBuilder();
    for (char c : text.toCharArray()) {
      line.append(isObeyed(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
    }
    return line.toString();
  }

  private static String shortened(String text) {
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
  }

  private static boolean isObeyed(char c) {
    return Character.isISOControl(c)
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
