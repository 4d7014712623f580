package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
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
record LineChart(String title, List<Series> lines) implements Chart {
  /** Lines that are told apart by colour and dashes. */
  static final int COLOURS = 6;

  /** Lines that people can tell apart and switch; more are a bundle of threads. */
  private static final int NAMED = 12;

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
          Svg.number(present.get(0)),
          Svg.number(present.get(present.size() - 1)),
          Svg.number(present.stream().mapToDouble(v -> v).min().orElseThrow()),
          Svg.number(present.stream().mapToDouble(v -> v).max().orElseThrow()));
    }
  }

  @Override
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  private boolean isNamed() {
    return lines.size() <= NAMED;
  }

  @Override
  public DomContent legend() {
    ContainerTag<?> legend = tag("ul").attr("class", "legend");
    for (int i = 0; i < lines.size() && isNamed(); i++) {
      legend.with(
          tag("li")
              .attr("class", "s" + i % COLOURS)
              .attr("data-series", i)
              .withText(lines.get(i).name()));
    }
    return legend;
  }

  @Override
  public ContainerTag<?> svg(String id) {
    int epochs = lines.stream().mapToInt(line -> line.values().size()).max().orElse(1);
    Axis x = Axis.counted(epochs);
    List<Double> all = lines.stream().flatMap(line -> line.present().stream()).toList();
    double least = all.stream().mapToDouble(v -> v).min().orElse(0);
    double most = all.stream().mapToDouble(v -> v).max().orElse(1);
    Plot plot = new Plot(x, Axis.of(least, most));
    ContainerTag<?> svg =
        Svg.picture(id, "chart", Plot.WIDTH, Plot.HEIGHT, title, told())
            .attr("data-left", Plot.LEFT)
            .attr("data-right", Plot.RIGHT)
            .attr("data-top", Plot.TOP)
            .attr("data-bottom", Plot.BOTTOM)
            .attr("data-from", Svg.number(x.from()))
            .attr("data-to", Svg.number(x.to()));
    plot.draw(svg, "epoch");
    for (int i = 0; i < lines.size(); i++) {
      svg.with(line(lines.get(i), isNamed() ? "line s" + i % COLOURS : "line thread", plot));
    }
    return svg;
  }

  private String told() {
    return isNamed()
        ? lines.stream().map(Series::told).collect(Collectors.joining("; "))
        : lines.size() + " lines; the tables have their numbers";
  }

  private ContainerTag<?> line(Series series, String kind, Plot plot) {
    StringBuilder path = new StringBuilder();
    boolean isPenDown = false;
    for (int epoch = 0; epoch < series.values().size(); epoch++) {
      Double value = series.values().get(epoch);
      if (value != null) {
        path.append(isPenDown ? 'L' : 'M')
            .append(Svg.at(plot.atX(epoch + 1)))
            .append(' ')
            .append(Svg.at(plot.atY(value)));
        // A point of no length is drawn by its round cap.
        path.append(isPenDown ? "" : "h0");
      }
      isPenDown = value != null;
    }
    ContainerTag<?> line = tag("path").attr("class", kind).attr("d", path.toString());
    if (isNamed()) {
      return line.attr("data-name", series.name()).attr("data-values", values(series));
    }
    return line.with(tag("title").withText(series.name()));
  }

  private static String values(Series series) {
    return series.values().stream()
        .map(value -> value == null ? "" : Svg.number(value))
        .collect(Collectors.joining(" "));
  }
}
