package org.qsnn.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.qsnn.report.EmbeddedCharts;

/**
 * The report's charts of data frames, each a piece of HTML with SVG inside: {@code print("%html " +
 * Charts.lines("Accuracy", epochs))}. All rows are collected. Columns have the meanings that each
 * method names, by their order; their names are what the chart calls them.
 */
public final class Charts {
  /** A column of text that is written above a group of bars. */
  private static final String NOTE = "note";

  /** A column of numbers that is drawn around the first of a group of bars. */
  private static final String DEVIATION = "deviation";

  private Charts() {}

  /**
   * A line for each column but the first, which counts epochs from 0; epochs that are missing and
   * nulls are gaps.
   */
  public static String lines(String title, Dataset<Row> rows) {
    List<Row> all = rows.collectAsList();
    int epochs = 1 + all.stream().mapToInt(row -> (int) whole(row, 0)).max().orElse(-1);
    Map<String, List<Double>> lines = new LinkedHashMap<>();
    for (int column = 1; column < rows.columns().length; column++) {
      Double[] values = new Double[epochs];
      for (Row row : all) {
        values[(int) whole(row, 0)] = number(row, column);
      }
      lines.put(rows.columns()[column], Arrays.asList(values));
    }
    return EmbeddedCharts.lines(title, lines);
  }

  /**
   * Shades for numbers from 0 to 1. The first column names the row, the second is the number of the
   * column, the third the number that is shown; rows and columns come in the order of the data.
   */
  public static String heat(String title, Dataset<Row> rows) {
    List<Row> all = rows.collectAsList();
    Set<Object> columns = new LinkedHashSet<>();
    Map<String, Map<Object, Double>> cells = new LinkedHashMap<>();
    for (Row row : all) {
      columns.add(row.get(1));
      cells
          .computeIfAbsent(text(row, 0), name -> new LinkedHashMap<>())
          .put(row.get(1), number(row, 2));
    }
    Map<String, List<Double>> values = new LinkedHashMap<>();
    cells.forEach(
        (name, row) -> {
          List<Double> shown = new ArrayList<>();
          columns.forEach(column -> shown.add(row.get(column)));
          values.put(name, shown);
        });
    return EmbeddedCharts.heat(title, rows.columns()[1], values);
  }

  /**
   * A group of bars for each row: the first column names it, each other column of numbers is a bar,
   * at least 0. A column {@code note} is written above it, a column {@code deviation} is drawn
   * around its first bar.
   */
  public static String bars(String title, Dataset<Row> rows) {
    List<Integer> series = new ArrayList<>();
    for (int i = 1; i < rows.columns().length; i++) {
      boolean isNumber = rows.schema().fields()[i].dataType() instanceof NumericType;
      if (isNumber && !rows.columns()[i].equals(DEVIATION)) {
        series.add(i);
      }
    }
    int note = index(rows, NOTE);
    int deviation = index(rows, DEVIATION);
    List<EmbeddedCharts.Bars> groups = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      groups.add(
          new EmbeddedCharts.Bars(
              text(row, 0),
              series.stream().map(column -> orZero(number(row, column))).toList(),
              deviation < 0 ? 0 : orZero(number(row, deviation)),
              note < 0 ? "" : text(row, note)));
    }
    return EmbeddedCharts.bars(title, series.stream().map(i -> rows.columns()[i]).toList(), groups);
  }

  /**
   * Points: name, kind, x (above 0, logarithmic), y. Rows without x or y are left out. Points of
   * the first kind have their names beside them, the others where the pointer rests.
   */
  public static String scatter(String title, Dataset<Row> rows) {
    List<String> kinds = new ArrayList<>();
    List<EmbeddedCharts.Point> points = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      Double x = number(row, 2);
      Double y = number(row, 3);
      if (x != null && x > 0 && y != null) {
        String kind = text(row, 1);
        if (!kinds.contains(kind)) {
          kinds.add(kind);
        }
        int index = kinds.indexOf(kind);
        points.add(new EmbeddedCharts.Point(text(row, 0), index, x, y, index == 0));
      }
    }
    return EmbeddedCharts.scatter(title, rows.columns()[2], kinds, points);
  }

  /** A small histogram for each row: name, lower end, upper end, counts of equal bins. */
  public static String histograms(Dataset<Row> rows) {
    List<EmbeddedCharts.Bins> histograms = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      List<Long> counts = new ArrayList<>();
      row.<Object>getList(3).forEach(count -> counts.add(((Number) count).longValue()));
      histograms.add(new EmbeddedCharts.Bins(text(row, 0), number(row, 1), number(row, 2), counts));
    }
    return EmbeddedCharts.histograms(histograms);
  }

  /**
   * A confusion matrix: one row for each label, in order; its only column counts predictions.
   *
   * @param classNames numbers where they are missing
   */
  public static String confusion(Dataset<Row> rows, List<String> classNames) {
    long[][] counts =
        rows.collectAsList().stream()
            .map(row -> row.<Number>getList(0).stream().mapToLong(Number::longValue).toArray())
            .toArray(long[][]::new);
    return EmbeddedCharts.confusion(counts, classNames);
  }

  /** A sample of an event camera, frame by frame. */
  public static String frames(String title, Frames frames) {
    return EmbeddedCharts.frames(title, frames.timesteps(), frames.size(), frames.values());
  }

  private static int index(Dataset<Row> rows, String column) {
    return Arrays.asList(rows.columns()).indexOf(column);
  }

  private static long whole(Row row, int column) {
    return ((Number) row.get(column)).longValue();
  }

  private static Double number(Row row, int column) {
    return row.isNullAt(column) ? null : (Double) ((Number) row.get(column)).doubleValue();
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }

  private static String text(Row row, int column) {
    return String.format(Locale.ROOT, "%s", row.get(column));
  }
}
