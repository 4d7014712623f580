package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/**
 * Groups of bars side by side, from zero on.
 *
 * @param title what it shows, with the unit of its numbers
 * @param series names of the bars of each group
 */
record BarChart(String title, List<String> series, List<Group> groups) implements Chart {
  private static final double FILLED = 0.78;
  private static final int LETTER = 6;

  /**
   * Bars that belong together.
   *
   * @param values one of each series, at least 0
   * @param deviation drawn around the first bar; 0 for none
   * @param note written above the bars
   */
  record Group(String name, List<Double> values, double deviation, String note) {
    Group {
      values = List.copyOf(values);
    }

    private double top() {
      return values.stream().mapToDouble(v -> v).max().orElse(0) + deviation;
    }
  }

  @Override
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  @Override
  public DomContent legend() {
    return series.size() > 1 ? Chart.legendOf(series) : Chart.legendOf(List.of());
  }

  @Override
  public ContainerTag<?> svg(String id) {
    double top = groups.stream().mapToDouble(Group::top).max().orElse(1);
    // Room for the notes.
    Plot plot = new Plot(new Axis(0, groups.size(), groups.size() + 1), Axis.of(0, top * 1.08));
    ContainerTag<?> svg = Svg.picture(id, "bars", Plot.WIDTH, Plot.HEIGHT, title, told());
    plot.draw(svg, "");
    for (int i = 0; i < groups.size(); i++) {
      draw(svg, plot, i);
    }
    return svg;
  }

  private void draw(ContainerTag<?> svg, Plot plot, int index) {
    Group group = groups.get(index);
    double room = (Plot.RIGHT - Plot.LEFT) / (double) groups.size();
    double width = room * FILLED / series.size();
    double left = plot.atX(index) + room * (1 - FILLED) / 2;
    for (int i = 0; i < series.size(); i++) {
      double y = plot.atY(group.values().get(i));
      String told = group.name() + ", " + series.get(i) + ": " + Svg.number(group.values().get(i));
      svg.with(
          Svg.box(left + i * width, y, width, Plot.BOTTOM - y)
              .attr("class", "bar s" + i)
              .with(tag("title").withText(told)));
    }
    double middle = plot.atX(index) + room / 2;
    if (group.deviation() > 0) {
      double value = group.values().get(0);
      double high = plot.atY(value + group.deviation());
      double low = plot.atY(Math.max(0, value - group.deviation()));
      double x = left + width / 2;
      svg.with(Svg.line("whisker", x, high, x, low));
      svg.with(Svg.line("whisker", x - 5, high, x + 5, high));
      svg.with(Svg.line("whisker", x - 5, low, x + 5, low));
    }
    svg.with(Svg.label("middle", middle, plot.atY(group.top()) - 4, group.note()));
    svg.with(Svg.label("middle", middle, Plot.BOTTOM + 16, fitting(group.name(), room)));
  }

  /** A name as far as there is room for it; its bars have it whole. */
  private static String fitting(String name, double room) {
    int letters = Math.max(2, (int) (room / LETTER));
    return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
  }

  private String told() {
    StringBuilder text = new StringBuilder();
    for (Group group : groups) {
      text.append(group.name()).append(':');
      for (int i = 0; i < series.size(); i++) {
        text.append(' ').append(series.size() > 1 ? series.get(i) + " " : "");
        text.append(Svg.number(group.values().get(i)));
      }
      text.append(
          group.deviation() > 0
              ? String.format(Locale.ROOT, " ± %s", Svg.number(group.deviation()))
              : "");
      text.append("; ");
    }
    return text.toString().strip();
  }
}
