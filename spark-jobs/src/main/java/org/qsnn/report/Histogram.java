package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.List;
import java.util.Locale;

/**
 * How many numbers lie in each of equal bins, with a line at zero; small, so that those of all
 * layers are seen together.
 *
 * @param title what it shows
 * @param from lower end of the first bin
 * @param to upper end of the last
 */
record Histogram(String title, double from, double to, List<Long> counts) implements Chart {
  private static final int WIDTH = 240;
  private static final int HEIGHT = 90;
  private static final int BOTTOM = HEIGHT - 16;

  @Override
  public boolean isEmpty() {
    return counts.stream().allMatch(count -> count == 0);
  }

  @Override
  public ContainerTag<?> svg(String id) {
    long most = counts.stream().mapToLong(n -> n).max().orElse(1);
    long below = counts.subList(0, counts.size() / 2).stream().mapToLong(n -> n).sum();
    long all = counts.stream().mapToLong(n -> n).sum();
    String told =
        String.format(
            Locale.ROOT,
            "%d numbers from %s to %s, %.1f %% of them in the lower half",
            all,
            Svg.number(from),
            Svg.number(to),
            100.0 * below / all);
    ContainerTag<?> svg = Svg.picture(id, "histogram", WIDTH, HEIGHT, title, told);
    StringBuilder path = new StringBuilder("M0 " + BOTTOM);
    double width = (double) WIDTH / counts.size();
    for (int i = 0; i < counts.size(); i++) {
      double y = BOTTOM - (BOTTOM - 4.0) * counts.get(i) / most;
      path.append('V').append(Svg.at(y)).append('H').append(Svg.at((i + 1) * width));
    }
    path.append('V').append(BOTTOM).append('Z');
    svg.with(tag("path").attr("class", "bar s0").attr("d", path.toString()));
    double zero = WIDTH * (0 - from) / (to - from);
    svg.with(Svg.line("grid", zero, 2, zero, BOTTOM));
    svg.with(Svg.label("start", 0, HEIGHT - 3, end(from)));
    svg.with(Svg.label("middle", zero, HEIGHT - 3, "0"));
    return svg.with(Svg.label("end", WIDTH, HEIGHT - 3, end(to)));
  }

  /** Of numbers that are all the same, and zero, the least number there is marks the ends. */
  private static String end(double value) {
    return Math.abs(value) <= Float.MIN_VALUE ? "" : String.format(Locale.ROOT, "%.2g", value);
  }
}
