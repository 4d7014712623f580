package org.qsnn.text;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns, two spaces between them. */
public final class Table {
  private static final String RIGHT = ">";
  private static final String GAP = "  ";

  private final List<Boolean> rightAligned = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private Table() {}

  /** Columns under headings; {@code >} in front of a heading aligns its column to the right. */
  public static Table headed(String... headings) {
    Table table = new Table();
    for (String heading : headings) {
      table.rightAligned.add(heading.startsWith(RIGHT));
    }
    table.row(List.of(headings).stream().map(Table::withoutMark).toArray(String[]::new));
    return table;
  }

  /** Two columns, what and its value, without headings. */
  public static Table ofFacts() {
    Table table = new Table();
    table.rightAligned.addAll(List.of(false, false));
    return table;
  }

  public Table row(String... cells) {
    if (cells.length != rightAligned.size()) {
      throw new IllegalArgumentException(
          "row: expected " + rightAligned.size() + " cells, found " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  public List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(width(column) - cell.length());
      line.append(column == 0 ? "" : GAP)
          .append(rightAligned.get(column) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String withoutMark(String heading) {
    return heading.startsWith(RIGHT) ? heading.substring(RIGHT.length()) : heading;
  }
}
