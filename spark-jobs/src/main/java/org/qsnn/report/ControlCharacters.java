package org.qsnn.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Shows control characters instead of sending them: names of files and classes come from others,
 * and a terminal obeys what is in them. Lines and tabs stay what they are.
 */
public final class ControlCharacters {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\\n\\t]]");

  private ControlCharacters() {}

  /** The text with its control characters as Java writes them, {@code \\u} and four digits. */
  public static String shown(String text) {
    return CONTROL.matcher(text).replaceAll(match -> "\\" + escape(match.group().charAt(0)));
  }

  /** The same for everything that is printed, in UTF-8 or an encoding of one byte a character. */
  public static PrintStream shownOn(PrintStream out, Charset charset) {
    return new PrintStream(new Shown(out), true, charset);
  }

  private static String escape(int character) {
    return String.format(Locale.ROOT, "\\u%04x", character);
  }

  /** Controls above 0x7f are two bytes in UTF-8, of which the first begins nothing else. */
  private static final class Shown extends FilterOutputStream {
    private static final int FIRST_OF_TWO = 0xc2;

    private boolean isSecond;

    Shown(OutputStream out) {
      super(out);
    }

    @Override
    public synchronized void write(int value) throws IOException {
      int character = value & 0xff;
      boolean isHigh = character >= 0x80 && character < 0xa0;
      if (isSecond) {
        isSecond = false;
        if (isHigh) {
          print(character);
          return;
        }
        out.write(FIRST_OF_TWO);
      }
      if (character == FIRST_OF_TWO) {
        isSecond = true;
      } else if ((character < 0x20 && character != '\n' && character != '\t')
          || character == 0x7f) {
        print(character);
      } else {
        out.write(character);
      }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      for (int i = offset; i < offset + length; i++) {
        write(bytes[i]);
      }
    }

    private void print(int character) throws IOException {
      for (char letter : escape(character).toCharArray()) {
        out.write(letter);
      }
    }
  }
}
