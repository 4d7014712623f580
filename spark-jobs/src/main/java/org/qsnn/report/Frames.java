package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Frames of an event camera side by side in time: where brightness rose in the first colour, where
 * it fell in the second.
 *
 * @param title what is seen
 * @param size height and width of a frame in pixels
 * @param values {@code [timesteps, 2, size, size]}, at least 0: fell, then rose
 */
record Frames(String title, int timesteps, int size, float[] values) implements Chart {
  private static final int COLUMNS = 5;
  private static final int PANEL = 116;
  private static final int STEP = Plot.WIDTH / COLUMNS;
  private static final int ROW = PANEL + 20;

  /** Shades of each colour. */
  private static final int LEVELS = 4;

  @Override
  public boolean isEmpty() {
    return timesteps == 0;
  }

  @Override
  public ContainerTag<?> svg(String id) {
    int rows = (timesteps + COLUMNS - 1) / COLUMNS;
    double sum = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    String told =
        String.format(
            Locale.ROOT,
            "%d frames of %d × %d pixels, their sum is %s",
            timesteps,
            size,
            size,
            Svg.number(sum));
    ContainerTag<?> svg = Svg.picture(id, "frames", Plot.WIDTH, rows * ROW, title, told);
    for (int timestep = 0; timestep < timesteps; timestep++) {
      int left = timestep % COLUMNS * STEP;
      int top = timestep / COLUMNS * ROW;
      svg.with(
          Svg.box(left + 0.5, top + 0.5, PANEL, PANEL).attr("class", "grid").attr("fill", "none"));
      svg.with(frame(timestep, left, top));
      String name = "timestep " + (timestep + 1);
      svg.with(Svg.label("middle", left + PANEL / 2.0, top + PANEL + 14, name));
    }
    return svg;
  }

  private ContainerTag<?> frame(int timestep, int left, int top) {
    String scale = String.format(Locale.ROOT, "%.4f", (double) PANEL / size);
    ContainerTag<?> frame =
        tag("g").attr("transform", "translate(" + left + " " + top + ") scale(" + scale + ")");
    for (int polarity = 0; polarity < 2; polarity++) {
      // Rose is the first colour.
      ContainerTag<?> colour = tag("g").attr("class", "bar s" + (1 - polarity));
      for (int level = 1; level <= LEVELS; level++) {
        String pixels = pixels(timestep * 2 + polarity, level);
        if (!pixels.isEmpty()) {
          colour.with(
              tag("path")
                  .attr("fill-opacity", Double.toString((double) level / LEVELS))
                  .attr("d", pixels));
        }
      }
      frame.with(colour);
    }
    return frame;
  }

  private String pixels(int plane, int level) {
    StringBuilder path = new StringBuilder();
    double most = most();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float value = values[(plane * size + y) * size + x];
        if (value > 0 && Math.ceil(LEVELS * value / most) == level) {
          path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
        }
      }
    }
    return path.toString();
  }

  private double most() {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElse(1);
  }
}
