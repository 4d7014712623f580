package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Points in a plane, of which some are marked.
 *
 * @param title what it shows
 * @param xName name and unit of the first number, which is above 0 and shown logarithmically if its
 *     values lie far apart
 * @param kinds of points, by which they are coloured
 */
record ScatterChart(String title, String xName, List<String> kinds, List<Point> points)
    implements Chart {
  private static final int TOLD = 40;

  /**
   * @param kind index in the kinds
   * @param isNamed whether its name stands beside it
   */
  record Point(String name, int kind, double x, double y, boolean isNamed) {}

  @Override
  public boolean isEmpty() {
    return points.isEmpty();
  }

  @Override
  public DomContent legend() {
    return Chart.legendOf(kinds);
  }

  @Override
  public ContainerTag<?> svg(String id) {
    double[] xs = points.stream().mapToDouble(Point::x).sorted().toArray();
    double[] ys = points.stream().mapToDouble(Point::y).sorted().toArray();
    Plot plot = new Plot(LogAxis.of(xs[0], xs[xs.length - 1]), Axis.of(ys[0], ys[ys.length - 1]));
    ContainerTag<?> svg = Svg.picture(id, "scatter", Plot.WIDTH, Plot.HEIGHT, title, told());
    plot.draw(svg, xName);
    Labels labels = new Labels();
    for (Point point : points) {
      double x = plot.atX(point.x());
      double y = plot.atY(point.y());
      svg.with(
          tag("circle")
              .attr("class", "point s" + point.kind())
              .attr("cx", Svg.at(x))
              .attr("cy", Svg.at(y))
              .attr("r", "5")
              .with(tag("title").withText(told(point))));
      if (point.isNamed()) {
        labels.beside(x, y, point.name()).ifPresent(svg::with);
      }
    }
    return svg;
  }

  private String told() {
    String first = points.stream().limit(TOLD).map(this::told).collect(Collectors.joining("; "));
    return points.size() <= TOLD ? first : first + "; and " + (points.size() - TOLD) + " more";
  }

  private String told(Point point) {
    return String.format(
        Locale.ROOT,
        "%s: %s %s, %s",
        point.name(),
        xName,
        Svg.number(point.x()),
        Svg.number(point.y()));
  }
}
