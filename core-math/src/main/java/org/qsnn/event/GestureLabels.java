package org.qsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;

/**
 * The label file of a recording of DVS128-Gesture: which gesture was made from when to when. Rows
 * are in the file's order. Some official files have rows that overlap; then an event belongs to
 * several samples.
 */
public record GestureLabels(List<Row> rows) {
  /** Gestures of the data set. */
  public static final int CLASSES = 11;

  private static final String HEADER = "class,startTime_usec,endTime_usec";
  private static final int MAX_BYTES = 1 << 16;

  /** That of UTF-8, which some editors write. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  public GestureLabels {
    rows = List.copyOf(rows);
  }

  /**
   * A gesture.
   *
   * @param line of the file, the header is line 1
   * @param label 0…10: the file's class minus 1
   * @param start the first µs of the gesture
   * @param end the first µs after it
   */
  public record Row(int line, int label, long start, long end) {
    /** The events of the gesture. */
    public Events of(Events recording) {
      return recording.slice(recording.firstAtOrAfter(start), recording.firstAtOrAfter(end));
    }

    private boolean overlaps(Row other) {
      return start < other.end && other.start < end;
    }
  }

  /** The rows that share time with one that starts before them, by their lines. */
  public List<Row> overlapping() {
    List<Row> byStart = new ArrayList<>(rows);
    byStart.sort(Comparator.comparingLong(Row::start));
    List<Row> overlapping = new ArrayList<>();
    Row latest = byStart.get(0);
    for (Row row : byStart.subList(1, byStart.size())) {
      if (row.overlaps(latest)) {
        overlapping.add(row);
      }
      latest = row.end > latest.end ? row : latest;
    }
    overlapping.sort(Comparator.comparingInt(Row::line));
    return overlapping;
  }

  /**
   * Reads a label file to the end of the stream, which it does not close.
   *
   * @param file the file's name, for messages
   * @throws DataException if it cannot be read, has another header or no rows, or if a row is not
   *     three numbers, has an unknown class or ends before it starts
   */
  public static GestureLabels read(InputStream in, String file) {
    String text = text(in, file);
    List<Row> rows = new ArrayList<>();
    int line = 1;
    for (int start = 0; start < text.length(); line++) {
      int end = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start);
      RowText row = new RowText(file, line, start, text.substring(start, end).strip());
      if (line == 1) {
        row.require(row.text.equals(HEADER), HEADER, RecordingInput.shown(row.text));
      } else if (!row.text.isEmpty()) {
        rows.add(row.parse());
      }
      start = end + 1;
    }
    if (rows.isEmpty()) {
      throw new DataException(file + ": expected rows of " + HEADER + ", found none");
    }
    return new GestureLabels(rows);
  }

  private static String text(InputStream in, String file) {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected a label file of at most %d bytes, found more",
                file,
                MAX_BYTES));
      }
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    } catch (IOException e) {
      throw new DataException(
          String.format(Locale.ROOT, "%s: cannot be read: %s", file, e.getMessage()), e);
    }
  }

  /** A line and where it is, for messages. */
  private record RowText(String file, int line, int offset, String text) {
    Row parse() {
      String[] cells = text.split(",", -1);
      require(cells.length == 3, "three columns", cells.length);
      long number = number(cells[0]);
      require(number >= 1 && number <= CLASSES, "class 1…" + CLASSES, number);
      long start = number(cells[1]);
      long end = number(cells[2]);
      require(end >= start, "an end at or after the start " + start, end);
      return new Row(line, (int) number - 1, start, end);
    }

    private long number(String cell) {
      try {
        return Long.parseLong(cell.strip());
      } catch (NumberFormatException e) {
        throw new DataException(message("a number", RecordingInput.shown(cell)), e);
      }
    }

    void require(boolean holds, String expected, Object found) {
      if (!holds) {
        throw new DataException(message(expected, found));
      }
    }

    private String message(String expected, Object found) {
      return String.format(
          Locale.ROOT,
          "%s: offset %d: line %d: expected %s, found %s",
          file,
          offset,
          line,
          expected,
          found);
    }
  }
}
