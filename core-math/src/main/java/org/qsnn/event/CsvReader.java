package org.qsnn.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qsnn.DataException;

/**
 * Events as text: a line that names the columns, then a line for each event, divided by commas,
 * semicolons, tabs or spaces. Other columns are passed over.
 */
final class CsvReader {
  private static final Map<String, Boolean> POLARITIES =
      Map.of("true", true, "on", true, "false", false, "off", false);
  private static final String SEPARATOR = "\\s*[,;\\t]\\s*|\\s+";

  private final RecordingInput in;
  private final EventBlocks blocks;
  private final EventTable table;
  private int[] places;

  private CsvReader(RecordingInput in, EventBlocks blocks) {
    this.in = in;
    this.blocks = blocks;
    this.table = blocks.options().table();
  }

  static void read(RecordingInput in, EventBlocks blocks) {
    new CsvReader(in, blocks).read();
  }

  private void read() {
    blocks.startOn(Optional.empty(), SensorSearch.ANY);
    readHeader();
    while (!in.atEnd()) {
      long offset = in.offset();
      String line = in.lastLine("line").strip();
      if (!line.isEmpty()) {
        event(line.split(SEPARATOR, -1), offset);
      }
    }
  }

  private void readHeader() {
    if (in.atEnd()) {
      throw in.failure(0, "first line", "names of columns", "the end of the file: it is empty");
    }
    String line = in.lastLine("first line").strip();
    String text = line.startsWith(RecordingInput.BYTE_ORDER_MARK) ? line.substring(3) : line;
    List<String> names =
        Arrays.stream(text.replaceFirst("^[#%]\\s*", "").split(SEPARATOR, -1))
            .map(name -> name.replace("\"", "").toLowerCase(Locale.ROOT))
            .toList();
    places =
        Arrays.stream(EventTable.Column.values())
            .mapToInt(column -> table.find(column, names))
            .toArray();
    for (EventTable.Column column : EventTable.Column.values()) {
      if (places[column.ordinal()] < 0) {
        throw in.failure(0, "first line", table.expected(column), RecordingInput.shown(text));
      }
    }
  }

  private void event(String[] cells, long offset) {
    long timestamp = table.unit().microseconds(cell(cells, EventTable.Column.T, offset));
    int x = coordinate(cells, EventTable.Column.X, offset);
    int y = coordinate(cells, EventTable.Column.Y, offset);
    blocks.columns().append(timestamp, x, y, polarity(cells, offset), offset);
  }

  private boolean polarity(String[] cells, long offset) {
    String text = text(cells, EventTable.Column.P, offset).toLowerCase(Locale.ROOT);
    Boolean named = POLARITIES.get(text);
    return named != null ? named : cell(cells, EventTable.Column.P, offset) > 0;
  }

  /** Beyond all sensors where it is no 15 bits. */
  private int coordinate(String[] cells, EventTable.Column column, long offset) {
    return EventTable.coordinate(cell(cells, column, offset));
  }

  private double cell(String[] cells, EventTable.Column column, long offset) {
    String text = text(cells, column, offset);
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
      throw noNumber(column, text, offset, null);
    } catch (NumberFormatException e) {
      throw noNumber(column, text, offset, e);
    }
  }

  private DataException noNumber(
      EventTable.Column column, String text, long offset, NumberFormatException cause) {
    return in.failure(
        offset,
        String.format(
            Locale.ROOT,
            "column %s: expected a number, found %s",
            column,
            RecordingInput.shown(text)),
        cause);
  }

  private String text(String[] cells, EventTable.Column column, long offset) {
    int place = places[column.ordinal()];
    if (place >= cells.length) {
      throw in.failure(offset, "line", place + 1 + " columns at least", cells.length);
    }
    return cells[place].replace("\"", "");
  }
}
