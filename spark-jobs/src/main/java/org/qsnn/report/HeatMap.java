package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/**
 * A number from 0 to 1 of each layer in each epoch, the darker the larger.
 *
 * @param title what it shows
 * @param rows names, from the top
 * @param values by row, then epoch; null where there is none
 */
record HeatMap(String title, List<String> rows, List<List<Double>> values) {
  private static final int WIDTH = 620;
  private static final int LEFT = 90;
  private static final int RIGHT = 70;
  private static final int ROW = 15;
  private static final int BOTTOM = 34;

  /** Columns at most; more epochs than that share one, which shows the last of them. */
  private static final int COLUMNS = 120;

  boolean isEmpty() {
    return rows.isEmpty() || values.get(0).isEmpty();
  }

  DomContent figure(String id) {
    int epochs = values.get(0).size();
    int height = rows.size() * ROW + BOTTOM;
    ContainerTag<?> svg =
        tag("svg")
            .attr("viewBox", "0 0 " + WIDTH + " " + height)
            .attr("role", "img")
            .attr("aria-labelledby", id + "-t " + id + "-d")
            .attr("class", "heat");
    svg.with(tag("title").attr("id", id + "-t").withText(title));
    svg.with(tag("desc").attr("id", id + "-d").withText(told()));
    int columns = Math.min(COLUMNS, epochs);
    double width = (WIDTH - LEFT - RIGHT) / (double) columns;
    for (int row = 0; row < rows.size(); row++) {
      svg.with(label("end", LEFT - 6, row * ROW + ROW - 4, rows.get(row)));
      for (int column = 0; column < columns; column++) {
        int epoch = (int) ((column + 1L) * epochs / columns) - 1;
        Double value = values.get(row).get(epoch);
        if (value != null) {
          svg.with(
              tag("rect")
                  .attr("x", at(LEFT + column * width))
                  .attr("y", row * ROW)
                  .attr("width", at(width + 0.3))
                  .attr("height", ROW - 1)
                  .attr("fill-opacity", String.format(Locale.ROOT, "%.2f", Math.sqrt(value)))
                  .with(
                      tag("title")
                          .withText(
                              String.format(
                                  Locale.ROOT,
                                  "%s, epoch %d: %.4f",
                                  rows.get(row),
                                  epoch + 1,
                                  value))));
        }
      }
      Double last = values.get(row).get(epochs - 1);
      if (last != null) {
        svg.with(
            label(
                "start",
                WIDTH - RIGHT + 6,
                row * ROW + ROW - 4,
                String.format(Locale.ROOT, "%.3f", last)));
      }
    }
    svg.with(label("start", LEFT, height - BOTTOM + 16, "1"));
    svg.with(label("end", WIDTH - RIGHT, height - BOTTOM + 16, Integer.toString(epochs)));
    svg.with(label("middle", (LEFT + WIDTH - RIGHT) / 2.0, height - 4, "epoch"));
    return tag("figure").with(tag("figcaption").withText(title), svg);
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

  private static ContainerTag<?> label(String anchor, double x, double y, String text) {
    return tag("text").attr("text-anchor", anchor).attr("x", at(x)).attr("y", at(y)).withText(text);
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
