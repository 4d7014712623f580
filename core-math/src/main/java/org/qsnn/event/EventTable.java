package org.qsnn.event;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qsnn.EnumKey;

/**
 * How events lie in a table, a .csv or .npz file.
 *
 * @param columns names of the columns of time, x, y and polarity in this order, divided by commas;
 *     empty for those that are usual
 * @param unit of time
 */
public record EventTable(String columns, Unit unit) implements Serializable {
  /** Usual names, and µs. */
  public static final EventTable USUAL = new EventTable("", Unit.US);

  /** A unit of time. */
  public enum Unit {
    US(1),
    NS(1e-3),
    MS(1e3),
    S(1e6);

    private final double microseconds;

    Unit(double microseconds) {
      this.microseconds = microseconds;
    }

    /** To the nearest µs; beyond 2^62 where it is more. */
    long microseconds(double time) {
      return this == US ? Math.round(time) : Math.round(time * microseconds);
    }
  }

  /** What has to be there, and what it is usually called. */
  enum Column {
    T("t", "ts", "time", "timestamp", "timestamps", "t_us", "time_us", "timestamp_us"),
    X("x", "xs", "col", "column", "x_coordinate"),
    Y("y", "ys", "row", "y_coordinate"),
    P("p", "ps", "pol", "polarity", "polarities", "on");

    private final List<String> usual;

    Column(String... usual) {
      this.usual = List.of(usual);
    }

    @Override
    public String toString() {
      return EnumKey.of(this);
    }
  }

  /** Whether as many columns are named as there have to be, or none. */
  public boolean isComplete() {
    return columns.isEmpty() || names().size() == Column.values().length;
  }

  private List<String> names() {
    return Arrays.stream(columns.split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The place of a column among names in lower case; −1 if it is not there. */
  int find(Column column, List<String> among) {
    List<String> wanted =
        columns.isEmpty() ? column.usual : names().subList(column.ordinal(), column.ordinal() + 1);
    return wanted.stream()
        .mapToInt(among::indexOf)
        .filter(place -> place >= 0)
        .findFirst()
        .orElse(-1);
  }

  /** What is missing, for messages. */
  String expected(Column column) {
    return columns.isEmpty()
        ? "a column "
            + column
            + " among names of columns such as t,x,y,p, or the names in"
            + " dataset.recordings.columns"
        : "a column " + names().get(column.ordinal()) + ", as dataset.recordings.columns says";
  }

  /** A pixel's row or column; −1, which is on no sensor, if it is no whole number of 15 bits. */
  static int coordinate(double value) {
    return value >= 0 && value < Sensor.MAX_SIZE && value == Math.rint(value) ? (int) value : -1;
  }
}
