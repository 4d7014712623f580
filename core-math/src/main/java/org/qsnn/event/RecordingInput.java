package org.qsnn.event;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import org.qsnn.DataException;

/**
 * The bytes of a recording in order, and where they lie. Whatever fails is a {@link DataException}
 * that names the file and the offset. Takes no more memory than there are bytes, whatever length a
 * file claims. Leaves the stream open.
 */
final class RecordingInput {
  /** No header of a recording is longer; jAER writes 175 kB of preferences into some. */
  static final int MAX_HEADER = 1 << 22;

  /** That of UTF-8, which some editors write. */
  static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  private static final int MAX_LINE = 1 << 16;
  private static final int SHOWN = 40;

  private final BufferedInputStream in;
  private final String file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long offset;

  RecordingInput(InputStream in, String file) {
    this.in = new BufferedInputStream(in);
    this.file = file;
  }

  /** The file's name, for messages. */
  String file() {
    return file;
  }

  /** How many bytes were taken. */
  long offset() {
    return offset;
  }

  /** Whether no byte is left. */
  boolean atEnd() {
    return peek() < 0;
  }

  /** The next byte, which stays the next; −1 at the end. */
  int peek() {
    try {
      in.mark(1);
      int next = in.read();
      in.reset();
      return next;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Fills a buffer, or takes all that is left: returns the number of bytes. */
  int read(byte[] buffer) {
    return read(buffer, buffer.length);
  }

  private int read(byte[] buffer, int length) {
    try {
      int found = in.readNBytes(buffer, 0, length);
      offset += found;
      return found;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Takes exactly {@code length} bytes into a buffer. */
  void fill(byte[] buffer, int length, String what) {
    long start = offset;
    int found = read(buffer, length);
    if (found < length) {
      throw truncated(start, what, length, found);
    }
  }

  /** Exactly {@code length} bytes; allocates as they come, not as they are claimed. */
  byte[] bytes(int length, String what) {
    try {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw truncated(offset, what, length, bytes.length);
      }
      offset += length;
      return bytes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Passes over {@code length} bytes, all of which must be there. */
  void skip(long length, String what) {
    long start = offset;
    byte[] buffer = new byte[(int) Math.min(length, 1 << 13)];
    for (long left = length; left > 0; ) {
      int found = read(buffer, (int) Math.min(left, buffer.length));
      if (found == 0) {
        throw truncated(start, what, length, offset - start);
      }
      left -= found;
    }
  }

  /**
   * Whether what follows can be a line of a header: the sign that begins one, and text up to the
   * end of line. The address of an event may begin with the same byte.
   */
  boolean isLine(char sign) {
    try {
      in.mark(MAX_LINE);
      int next = in.read();
      boolean isText = next == sign;
      for (int i = 1; i < MAX_LINE && isText && next >= 0 && next != '\n'; i++) {
        next = in.read();
        isText = next < 0 || next >= ' ' || next == '\t' || next == '\r' || next == '\n';
      }
      in.reset();
      return isText;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What is left, as a stream that may be closed, and leaves the recording's open. */
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int next = in.read();
        offset += next < 0 ? 0 : 1;
        return next;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int found = in.read(bytes, from, length);
        offset += Math.max(found, 0);
        return found;
      }
    };
  }

  /** A line of text without its end, LF or CRLF. */
  String line(String what) {
    return line(what, false);
  }

  /** A line of text that the end of the file may end, too. */
  String lastLine(String what) {
    return line(what, true);
  }

  private String line(String what, boolean mayBeLast) {
    long start = offset;
    line.reset();
    try {
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0 && mayBeLast) {
          return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }
        if (next < 0 || line.size() == MAX_LINE) {
          throw failure(start, what, "an end of line", line.size() + " bytes without one");
        }
        line.write(next);
        offset++;
      }
      offset++;
    } catch (IOException e) {
      throw unreadable(e);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** The first line, which says what the file is. */
  void requireMagic(String magic) {
    byte[] start = new byte[magic.length()];
    String found = new String(start, 0, read(start), StandardCharsets.ISO_8859_1);
    if (!found.equals(magic)) {
      throw failure(0, "first bytes", "\"" + magic + "\"", ForeignFormat.described(found));
    }
    String rest = line("first line");
    if (!rest.isEmpty()) {
      throw failure(magic.length(), "first line", "nothing after " + magic, shown(rest));
    }
  }

  /** Fails if the bytes taken from an offset on are not a whole number of records. */
  void requireWhole(long start, int length, int recordBytes) {
    int rest = length % recordBytes;
    if (rest > 0) {
      throw truncated(start + length - rest, "event", recordBytes, rest);
    }
  }

  /** Fails if more than {@link #MAX_HEADER} bytes were taken. */
  void requireShortHeader() {
    if (offset > MAX_HEADER) {
      throw failure(0, "header", "at most " + MAX_HEADER + " bytes", "no end of it by then");
    }
  }

  DataException failure(long at, String what, String expected, Object found) {
    return failure(
        at, String.format(Locale.ROOT, "%s: expected %s, found %s", what, expected, found), null);
  }

  DataException failure(long at, String message, Throwable cause) {
    return new DataException(
        String.format(Locale.ROOT, "%s: offset %d: %s", file, at, message), cause);
  }

  private TruncatedException truncated(long at, String what, long expected, long found) {
    return new TruncatedException(
        failure(
            at,
            what,
            expected + " bytes",
            String.format(Locale.ROOT, "%d: the file is truncated", found)),
        found);
  }

  private DataException unreadable(IOException e) {
    return failure(offset, "cannot be read: " + e.getMessage(), e);
  }

  /** A recording that ends without a single event. */
  DataException empty(SortedMap<String, Long> passedOver) {
    return failure(
        offset,
        "recording",
        "events",
        passedOver.isEmpty()
            ? "the end of the file: it is empty"
            : "only other data " + passedOver);
  }

  /** Foreign text, quoted, short and without control characters. */
  static String shown(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7E]", "?");
    return String.format(
        Locale.ROOT, "\"%s\"", printable.substring(0, Math.min(SHOWN, printable.length())));
  }
}
