package org.qsnn;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * Shows control characters, and those that change the direction of writing, instead of sending them
 * to a terminal that would obey: names of files and classes come from others. They are written as
 * Java does, {@code \\u} and four digits.
 */
public final class ControlCharacters {
  private ControlCharacters() {}

  /** A text on one line. */
  public static String shownOnOneLine(String text) {
    return shown(text, "");
  }

  /** A text whose lines and tabs stay what they are. */
  public static String shown(String text) {
    return shown(text, "\n\t");
  }

  /** The same for everything that is printed, in UTF-8 or an encoding of one byte a character. */
  public static PrintStream shownOn(PrintStream out, Charset charset) {
    return new PrintStream(new Shown(out), true, charset);
  }

  private static String shown(String text, String allowed) {
    StringBuilder shown = new StringBuilder();
    for (char c : text.toCharArray()) {
      shown.append(isObeyed(c) && allowed.indexOf(c) < 0 ? escape(c) : c);
    }
    return shown.toString();
  }

  private static boolean isObeyed(int character) {
    return Character.isISOControl(character)
        || character == 0x061c
        || character == 0x200e
        || character == 0x200f
        || (character >= 0x2028 && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069);
  }

  private static String escape(int character) {
    return String.format(Locale.ROOT, "\\u%04x", character);
  }

  /** Waits for the two or three bytes in UTF-8 of those that are not ASCII. */
  private static final class Shown extends FilterOutputStream {
    private final byte[] held = new byte[2];
    private int count;

    Shown(OutputStream out) {
      super(out);
    }

    @Override
    public synchronized void write(int value) throws IOException {
      int next = value & 0xff;
      boolean isContinuation = (next & 0xc0) == 0x80;
      if (count > 0 && !isContinuation) {
        release();
      }
      if (count == 0) {
        start(next);
      } else if (count == 1 && held[0] == (byte) 0xe2) {
        held[count++] = (byte) next;
      } else {
        end(next);
      }
    }

    private void start(int next) throws IOException {
      if (next == 0xc2 || next == 0xd8 || next == 0xe2) {
        held[count++] = (byte) next;
      } else if (next < 0x80 && isObeyed(next) && next != '\n' && next != '\t') {
        print(next);
      } else {
        out.write(next);
      }
    }

    private void end(int next) throws IOException {
      int character = held[0] & (count == 1 ? 0x1f : 0x0f);
      for (int i = 1; i < count; i++) {
        character = (character << 6) | (held[i] & 0x3f);
      }
      character = (character << 6) | (next & 0x3f);
      if (isObeyed(character)) {
        count = 0;
        print(character);
      } else {
        release();
        out.write(next);
      }
    }

    private void release() throws IOException {
      out.write(held, 0, count);
      count = 0;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      for (int i = offset; i < offset + length; i++) {
        write(bytes[i]);
      }
    }

    @Override
    public synchronized void flush() throws IOException {
      release();
      super.flush();
    }

    private void print(int character) throws IOException {
      for (char letter : escape(character).toCharArray()) {
        out.write(letter);
      }
    }
  }
}
