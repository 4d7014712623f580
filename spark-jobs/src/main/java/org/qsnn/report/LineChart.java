package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Numbers over epochs as lines. Where an epoch has no number the line has a gap; a number alone
 * between gaps is a dot.
 *
 * @param title what it shows, with the unit of its numbers
 */
record LineChart(String title, List<Series> lines) {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 240;
  private static final int LEFT = 58;
  private static final int RIGHT = 12;
  private static final int TOP = 10;
  private static final int BOTTOM = 34;

  LineChart {
    lines = lines.stream().filter(Series::hasValues).toList();
  }

  /**
   * @param values by epoch; null where there is none
   */
  record Series(String name, List<Double> values) {
    boolean hasValues() {
      return values.stream().anyMatch(Objects::nonNull);
    }

    private List<Double> present() {
      return values.stream().filter(Objects::nonNull).toList();
    }

    /** For people who cannot see the line. */
    String told() {
      List<Double> present = present();
      return String.format(
          Locale.ROOT,
          "%s: first %s, last %s, least %s, most %s",
          name,
          number(present.get(0)),
          number(present.get(present.size() - 1)),
          number(present.stream().mapToDouble(v -> v).min().orElseThrow()),
          number(present.stream().mapToDouble(v -> v).max().orElseThrow()));
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** The chart, its legend and what it tells in words. */
  DomContent figure(String id) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(tag("figcaption").withText(title));
    parts.add(svg(id));
    ContainerTag<?> legend = tag("ul").attr("class", "legend");
    for (int i = 0; i < lines.size(); i++) {
      legend.with(
          tag("li").attr("class", "s" + i).attr("data-series", i).withText(lines.get(i).name()));
    }
    parts.add(legend);
    return tag("figure").with(parts);
  }

  private ContainerTag<?> svg(String id) {
    int epochs = lines.stream().mapToInt(line -> line.values().size()).max().orElse(1);
    Axis x = Axis.ofEpochs(epochs);
    double[] all =
        lines.stream()
            .flatMap(line -> line.present().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    Axis y = Axis.of(Arrays.stream(all).min().orElse(0), Arrays.stream(all).max().orElse(1));
    ContainerTag<?> svg =
        tag("svg")
            .attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
            .attr("role", "img")
            .attr("aria-labelledby", id + "-t " + id + "-d")
            .attr("class", "chart")
            .attr("data-left", LEFT)
            .attr("data-right", WIDTH - RIGHT)
            .attr("data-from", LineChart.number(x.from()))
            .attr("data-to", LineChart.number(x.to()));
    svg.with(tag("title").attr("id", id + "-t").withText(title));
    svg.with(
        tag("desc")
            .attr("id", id + "-d")
            .withText(lines.stream().map(Series::told).collect(Collectors.joining("; "))));
    for (double tick : y.ticks()) {
      double at = vertical(y, tick);
      svg.with(rule("grid", LEFT, at, WIDTH - RIGHT, at));
      svg.with(label("end", LEFT - 6, at + 4, y.shown(tick)));
    }
    for (double tick : x.ticks()) {
      svg.with(label("middle", horizontal(x, tick), HEIGHT - BOTTOM + 16, x.shown(tick)));
    }
    svg.with(label("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 4, "epoch"));
    for (int i = 0; i < lines.size(); i++) {
      svg.with(line(lines.get(i), i, x, y));
    }
    return svg;
  }

  private static ContainerTag<?> line(Series series, int number, Axis x, Axis y) {
    StringBuilder path = new StringBuilder();
    boolean isPenDown = false;
    for (int epoch = 0; epoch < series.values().size(); epoch++) {
      Double value = series.values().get(epoch);
      if (value != null) {
        path.append(isPenDown ? 'L' : 'M')
            .append(at(horizontal(x, epoch + 1)))
            .append(' ')
            .append(at(vertical(y, value)));
        // A point of no length is drawn by its round cap.
        path.append(isPenDown ? "" : "h0");
      }
      isPenDown = value != null;
    }
    return tag("path")
        .attr("class", "line s" + number)
        .attr("data-name", series.name())
        .attr(
            "data-values",
            series.values().stream()
                .map(value -> value == null ? "" : number(value))
                .collect(Collectors.joining(" ")))
        .attr("d", path.toString());
  }

  private static ContainerTag<?> rule(String kind, double x1, double y1, double x2, double y2) {
    return tag("line")
        .attr("class", kind)
        .attr("x1", at(x1))
        .attr("y1", at(y1))
        .attr("x2", at(x2))
        .attr("y2", at(y2));
  }

  private static ContainerTag<?> label(String anchor, double x, double y, String text) {
    return tag("text").attr("text-anchor", anchor).attr("x", at(x)).attr("y", at(y)).withText(text);
  }

  private static double horizontal(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double vertical(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
