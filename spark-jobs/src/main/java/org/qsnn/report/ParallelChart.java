package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/**
 * Points of many dimensions as lines across parallel scales.
 *
 * @param title what it shows
 * @param columns the scales, from the left
 * @param lines one place on each scale
 * @param kinds what the marked lines are called, and the others
 */
record ParallelChart(String title, List<Column> columns, List<Line> lines, List<String> kinds)
    implements Chart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 300;
  private static final int TOP = 30;
  private static final int BOTTOM = HEIGHT - 14;
  private static final int SIDE = 70;

  /**
   * A scale.
   *
   * @param ticks where something is written beside it, 0 at its lower end, 1 at its upper
   */
  record Column(String name, List<Tick> ticks) {
    /** Numbers from the least to the most. */
    static Column of(String name, Scale scale) {
      List<Tick> ticks = new ArrayList<>();
      scale.ticks().forEach(tick -> ticks.add(new Tick(scale.place(tick), scale.shown(tick))));
      return new Column(name, ticks);
    }

    /** Words at equal distances, the first one above. */
    static Column of(String name, List<String> words) {
      List<Tick> ticks = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        ticks.add(new Tick(place(i, words.size()), words.get(i)));
      }
      return new Column(name, ticks);
    }

    static double place(int index, int count) {
      return count < 2 ? 0.5 : 1 - (double) index / (count - 1);
    }
  }

  record Tick(double place, String text) {}

  /**
   * @param places 0…1 on each scale
   * @param isMarked whether it stands out
   */
  record Line(String name, List<Double> places, boolean isMarked) {
    Line {
      places = List.copyOf(places);
    }
  }

  @Override
  public boolean isEmpty() {
    return columns.size() < 2 || lines.isEmpty();
  }

  @Override
  public DomContent legend() {
    return tag("ul")
        .attr("class", "legend")
        .with(
            tag("li").attr("class", "s0").withText(kinds.get(0)),
            tag("li").attr("class", "other").withText(kinds.get(1)));
  }

  /** Scrolled where it is wider than the page, as its words would be too small to read. */
  @Override
  public DomContent figure(String id) {
    return tag("figure")
        .with(
            tag("figcaption").withText(title), Html.scrolled(title + ", chart", svg(id)), legend());
  }

  @Override
  public ContainerTag<?> svg(String id) {
    ContainerTag<?> svg =
        Svg.picture(
            id, "parallel", WIDTH, HEIGHT, title, lines.size() + " lines; the table has them all");
    for (boolean isMarked : new boolean[] {false, true}) {
      lines.stream().filter(line -> line.isMarked() == isMarked).map(this::path).forEach(svg::with);
    }
    for (int i = 0; i < columns.size(); i++) {
      double x = atX(i);
      svg.with(Svg.line("axis", x, TOP, x, BOTTOM));
      svg.with(Svg.label("middle", x, TOP - 14, columns.get(i).name()));
      boolean isLast = i == columns.size() - 1;
      for (Tick tick : columns.get(i).ticks()) {
        svg.with(
            Svg.label(
                    isLast ? "end" : "start",
                    x + (isLast ? -5 : 5),
                    atY(tick.place()) + 4,
                    tick.text())
                .attr("class", "halo"));
      }
    }
    return svg;
  }

  private ContainerTag<?> path(Line line) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < line.places().size(); i++) {
      path.append(i == 0 ? 'M' : 'L')
          .append(Svg.at(atX(i)))
          .append(' ')
          .append(Svg.at(atY(line.places().get(i))));
    }
    return tag("path")
        .attr("class", line.isMarked() ? "line s0" : "line thread")
        .attr("d", path.toString())
        .with(tag("title").withText(line.name()));
  }

  private double atX(int column) {
    return SIDE + column * (WIDTH - 2.0 * SIDE) / (columns.size() - 1);
  }

  private static double atY(double place) {
    return BOTTOM - place * (BOTTOM - TOP);
  }
}
