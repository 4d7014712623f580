package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.List;
import java.util.Locale;

/**
 * Numbers from 0 to 1 of each layer in each epoch or timestep, the darker the larger.
 *
 * @param title what it shows
 * @param column what a column is, such as an epoch; counted from 1
 * @param rows names, from the top
 * @param values by row, then column; null where there is none
 */
record HeatMap(String title, String column, List<String> rows, List<List<Double>> values)
    implements Chart {
  private static final int LEFT = 110;
  private static final int RIGHT = Plot.WIDTH - 60;
  private static final int TOP = 5;
  private static final int ROW = 15;

  /** Letters of a row's name; a long one is cut, and told whole by its cells. */
  private static final int NAMED = 24;

  private static final int BOTTOM = 34;

  /** Columns at most; more epochs than that share one, which shows the last of them. */
  private static final int COLUMNS = 120;

  @Override
  public boolean isEmpty() {
    return rows.isEmpty() || values.get(0).isEmpty();
  }

  @Override
  public ContainerTag<?> svg(String id) {
    int count = values.get(0).size();
    int height = TOP + rows.size() * ROW + BOTTOM;
    ContainerTag<?> svg = Svg.picture(id, "heat", Plot.WIDTH, height, title, told());
    for (int row = 0; row < rows.size(); row++) {
      draw(svg, row, count);
    }
    int below = height - BOTTOM + 16;
    svg.with(Svg.label("start", LEFT, below, "1"));
    svg.with(Svg.label("end", RIGHT, below, Integer.toString(count)));
    return svg.with(Svg.label("middle", (LEFT + RIGHT) / 2.0, height - 4, column));
  }

  private void draw(ContainerTag<?> svg, int row, int count) {
    int columns = Math.min(COLUMNS, count);
    double width = (RIGHT - LEFT) / (double) columns;
    int top = TOP + row * ROW;
    int baseline = top + ROW - 4;
    svg.with(Svg.fitted("end", LEFT - 6, baseline, rows.get(row), NAMED, LEFT - 12));
    for (int i = 0; i < columns; i++) {
      int shown = (int) ((i + 1L) * count / columns) - 1;
      Double value = values.get(row).get(shown);
      if (value != null) {
        svg.with(
            Svg.box(LEFT + i * width, top, width, ROW - 1)
                .attr("fill-opacity", String.format(Locale.ROOT, "%.2f", Math.sqrt(value)))
                .with(tag("title").withText(told(row, shown, value))));
      }
    }
    Double last = values.get(row).get(count - 1);
    if (last != null) {
      String text = String.format(Locale.ROOT, "%.3f", last);
      svg.with(Svg.label("start", RIGHT + 6, baseline, text));
    }
  }

  private String told(int row, int index, double value) {
    return String.format(Locale.ROOT, "%s, %s %d: %.4f", rows.get(row), column, index + 1, value);
  }

  /** First and last of each row, for people who cannot see it. */
  private String told() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      List<Double> of = values.get(row);
      Double first = of.get(0);
      Double last = of.get(of.size() - 1);
      if (first != null && last != null) {
        text.append(
            String.format(Locale.ROOT, "%s from %.3f to %.3f; ", rows.get(row), first, last));
      }
    }
    return text.toString().strip();
  }
}
