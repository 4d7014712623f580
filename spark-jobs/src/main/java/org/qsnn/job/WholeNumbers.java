package org.qsnn.job;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers on the command line, refused in the words of every other value. */
final class WholeNumbers {
  private WholeNumbers() {}

  /** Of all options of a command and of its subcommands. */
  static CommandLine taught(CommandLine command) {
    return command
        .registerConverter(int.class, WholeNumbers::ofInt)
        .registerConverter(Integer.class, WholeNumbers::ofInt)
        .registerConverter(long.class, WholeNumbers::ofLong)
        .registerConverter(Long.class, WholeNumbers::ofLong);
  }

  private static int ofInt(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refusal(text, Integer.MAX_VALUE);
    }
  }

  private static long ofLong(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw refusal(text, Long.MAX_VALUE);
    }
  }

  private static TypeConversionException refusal(String text, long largest) {
    return new TypeConversionException(
        String.format(
            Locale.ROOT, "must be a whole number of at most %d; found %s", largest, text));
  }
}
