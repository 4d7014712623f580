package org.qsnn.report;

import j2html.tags.ContainerTag;

/**
 * The plane of a chart between its two scales.
 *
 * @param x from left to right
 * @param y from the bottom up
 */
record Plot(Scale x, Scale y) {
  static final int WIDTH = 620;
  static final int HEIGHT = 250;
  static final int LEFT = 58;
  static final int RIGHT = WIDTH - 12;
  static final int TOP = 14;
  static final int BOTTOM = HEIGHT - 38;

  /** Both scales with their ticks, and the name of the lower one. */
  void draw(ContainerTag<?> svg, String xName) {
    drawY(svg);
    for (double tick : x.ticks()) {
      svg.with(Svg.label("middle", atX(tick), BOTTOM + 16, x.shown(tick)));
    }
    svg.with(Svg.label("middle", (LEFT + RIGHT) / 2.0, HEIGHT - 6, xName));
  }

  void drawY(ContainerTag<?> svg) {
    for (double tick : y.ticks()) {
      svg.with(Svg.line("grid", LEFT, atY(tick), RIGHT, atY(tick)));
      svg.with(Svg.label("end", LEFT - 6, atY(tick) + 4, y.shown(tick)));
    }
  }

  double atX(double value) {
    return LEFT + x.place(value) * (RIGHT - LEFT);
  }

  double atY(double value) {
    return BOTTOM - y.place(value) * (BOTTOM - TOP);
  }
}
