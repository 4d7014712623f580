package org.qsnn.report;

import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.tag;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qsnn.json.Json;

/**
 * The charts of reports as pieces of HTML that bring their style along, for pages that are not
 * ours, such as notebooks. Each is one element of class {@code qsnn}, well-formed XML; its style
 * holds for nothing outside of it.
 */
public final class EmbeddedCharts {
  private static final String STYLE = style();

  private EmbeddedCharts() {}

  /**
   * Bars that belong together.
   *
   * @param values one of each series, at least 0
   * @param deviation drawn around the first bar; 0 for none
   * @param note written above the bars
   */
  public record Bars(String name, List<Double> values, double deviation, String note) {}

  /**
   * A point in a plane.
   *
   * @param kind index in the kinds
   * @param isNamed whether its name stands beside it
   */
  public record Point(String name, int kind, double x, double y, boolean isNamed) {}

  /**
   * Numbers in equal bins.
   *
   * @param from lower end of the first bin
   * @param to upper end of the last
   */
  public record Bins(String name, double from, double to, List<Long> counts) {}

  /**
   * Numbers over epochs.
   *
   * @param lines by name; a number or null for each epoch from the first on
   */
  public static String lines(String title, Map<String, List<Double>> lines) {
    List<LineChart.Series> series = new ArrayList<>();
    lines.forEach((name, values) -> series.add(new LineChart.Series(name, values)));
    return html(List.of(new LineChart(title, series)));
  }

  /**
   * Numbers from 0 to 1, the darker the larger.
   *
   * @param column what a column is, such as an epoch
   * @param rows by name from the top; a number or null for each column
   */
  public static String heat(String title, String column, Map<String, List<Double>> rows) {
    return html(
        List.of(
            new HeatMap(title, column, List.copyOf(rows.keySet()), List.copyOf(rows.values()))));
  }

  /**
   * Groups of bars.
   *
   * @param series names of the bars of each group
   */
  public static String bars(String title, List<String> series, List<Bars> groups) {
    return html(
        List.of(
            new BarChart(
                title,
                series,
                groups.stream()
                    .map(g -> new BarChart.Group(g.name(), g.values(), g.deviation(), g.note()))
                    .toList())));
  }

  /**
   * Points in a plane.
   *
   * @param xName name and unit of the first number, which is above 0 and shown logarithmically
   * @param kinds of points, at most three, by which they are coloured
   */
  public static String scatter(String title, String xName, List<String> kinds, List<Point> points) {
    return html(
        List.of(
            new ScatterChart(
                title,
                xName,
                kinds,
                points.stream()
                    .map(p -> new ScatterChart.Point(p.name(), p.kind(), p.x(), p.y(), p.isNamed()))
                    .toList())));
  }

  /** Small histograms side by side. */
  public static String histograms(List<Bins> histograms) {
    return html(
        histograms.stream()
            .map(h -> new Histogram(h.name(), h.from(), h.to(), h.counts()))
            .toList());
  }

  /**
   * How often which class was taken for which.
   *
   * @param counts by label, then prediction
   * @param names of the classes; numbers where they are missing
   */
  public static String confusion(long[][] counts, List<String> names) {
    return framed(new ConfusionTable(Json.array(counts), names).table());
  }

  /**
   * Frames of an event camera.
   *
   * @param size height and width of a frame in pixels
   * @param values {@code [timesteps, 2, size, size]}, at least 0: where brightness fell, then where
   *     it rose
   */
  public static String frames(String title, int timesteps, int size, float[] values) {
    return html(List.of(new Frames(title, timesteps, size, values)));
  }

  private static String html(List<? extends Chart> charts) {
    List<? extends Chart> drawn = charts.stream().filter(chart -> !chart.isEmpty()).toList();
    if (drawn.isEmpty()) {
      return framed(Html.paragraph("Nothing to draw: there are no numbers."));
    }
    String id = "q" + Integer.toHexString(titles(drawn).hashCode()) + "-";
    return framed(Chart.grid(id, drawn));
  }

  private static List<String> titles(List<? extends Chart> charts) {
    return charts.stream().<String>map(Chart::title).toList();
  }

  private static String framed(DomContent content) {
    return tag("div")
        .attr("class", "qsnn")
        .with(tag("style").with(rawHtml(STYLE)), content)
        .render();
  }

  /** The style of reports, nested in our class; what it says of the root it then says of that. */
  private static String style() {
    return ".qsnn {\n"
        + Page.STYLE.replace(":root {", "@media all {")
        + "background: var(--page); color: var(--text); padding: .5rem;\n"
        + "figure { max-width: 760px; }\n}\n";
  }
}
