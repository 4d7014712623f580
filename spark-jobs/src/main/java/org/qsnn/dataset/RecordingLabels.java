package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.qsnn.ControlCharacters;
import org.qsnn.DataException;
import org.qsnn.EnumKey;

/**
 * A table of what is seen in long recordings, a .csv file: a line that names the columns {@code
 * recording}, {@code class}, {@code start}, {@code end} and, if the author divides the rows
 * herself, {@code split}; then a row for each piece.
 *
 * @param rows in the file's order; those of one recording share no time
 * @param hasSplit whether the rows say what is trained on
 */
record RecordingLabels(List<Row> rows, boolean hasSplit) {
  static final String HEADER = "recording,class,start,end";

  private static final List<String> NEEDED = List.of(HEADER.split(",", -1));
  private static final String SPLIT = "split";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * A piece of a recording.
   *
   * @param line of the file, the header is line 1
   * @param recording its path below the folder of the table
   * @param start its first µs, as the recording counts
   * @param end the first µs after it
   * @param split if the table says it
   */
  record Row(
      int line, String recording, String className, long start, long end, Optional<Split> split) {
    /** A name of its own, in the folder of its class. */
    String name() {
      return String.format(Locale.ROOT, "%s/%s@%d-%d", className, recording, start, end);
    }
  }

  /** In alphabetical order. */
  List<String> classNames() {
    return List.copyOf(new TreeSet<>(rows.stream().map(Row::className).toList()));
  }

  /**
   * @param file its path, for messages
   * @throws DataException if it is no such table: names line, expected and found
   */
  static RecordingLabels parse(String text, String file) {
    List<String> lines = text.replaceFirst("^" + BYTE_ORDER_MARK, "").lines().toList();
    Parser parser = new Parser(file, columns(file, lines.isEmpty() ? "" : lines.get(0)));
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(parser.row(i + 1, lines.get(i)));
      }
    }
    if (rows.isEmpty()) {
      throw new DataException(file + ": expected rows of " + HEADER + ", found none");
    }
    requireApart(rows, file);
    return new RecordingLabels(List.copyOf(rows), parser.columns.contains(SPLIT));
  }

  private static List<String> columns(String file, String header) {
    List<String> columns =
        Arrays.stream(header.split(",", -1)).map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
    List<String> others = new ArrayList<>(columns);
    boolean isWhole = NEEDED.stream().allMatch(others::remove);
    others.remove(SPLIT);
    if (!isWhole || !others.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line 1: expected the columns %s and, where wanted, %s; found %s",
              file,
              HEADER,
              SPLIT,
              ControlCharacters.shownOnOneLine(header)));
    }
    return columns;
  }

  /** Events of two rows could be trained on in one and tested in the other. */
  private static void requireApart(List<Row> rows, String file) {
    Map<String, Row> last = new HashMap<>();
    for (Row row : rows.stream().sorted(Comparator.comparingLong(Row::start)).toList()) {
      Row before = last.put(row.recording(), row);
      if (before != null && row.start() < before.end()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: line %d: expected rows of a recording that share no time, found one from %d to"
                    + " %d µs, and in line %d from %d to %d of %s",
                file,
                row.line(),
                row.start(),
                row.end(),
                before.line(),
                before.start(),
                before.end(),
                row.recording()));
      }
    }
  }

  private record Parser(String file, List<String> columns) {
    Row row(int line, String text) {
      String[] cells = text.split(",", -1);
      require(cells.length == columns.size(), line, columns.size() + " columns", cells.length);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(columns.get(i), cells[i].strip());
      }
      String recording = row.get("recording");
      boolean isBelow =
          Arrays.stream(recording.split("/", -1))
              .noneMatch(part -> part.isEmpty() || part.equals("..") || part.equals("."));
      require(isBelow, line, "a recording's path below this folder", recording);
      String name = row.get("class");
      require(
          !name.isEmpty() && !name.contains("/") && !name.contains("\""),
          line,
          "a class's name without / and quotes",
          name);
      long start = number(line, row.get("start"));
      long end = number(line, row.get("end"));
      require(end > start, line, "an end behind the start, " + start, Long.toString(end));
      Optional<Split> split =
          columns.contains(SPLIT) ? Optional.of(split(line, row.get(SPLIT))) : Optional.empty();
      return new Row(line, recording, name, start, end, split);
    }

    private long number(int line, String cell) {
      try {
        return Long.parseLong(cell);
      } catch (NumberFormatException e) {
        throw new DataException(message(line, "a whole number of µs", cell), e);
      }
    }

    private Split split(int line, String cell) {
      return EnumKey.find(Split.values(), cell.toLowerCase(Locale.ROOT))
          .orElseThrow(() -> new DataException(message(line, "train or test", cell)));
    }

    private void require(boolean holds, int line, String expected, Object found) {
      if (!holds) {
        throw new DataException(message(line, expected, found.toString()));
      }
    }

    private String message(int line, String expected, String found) {
      return String.format(
          Locale.ROOT,
          "%s: line %d: expected %s, found %s",
          file,
          line,
          expected,
          ControlCharacters.shownOnOneLine(found));
    }
  }
}
