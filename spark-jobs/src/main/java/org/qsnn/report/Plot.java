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

  /** Of the width of a letter, with some room. */
  private static final double HALF_LETTER = 3.2;

  /** Both scales with their ticks, and the name of the lower one. */
  void draw(ContainerTag<?> svg, String xName) {
    drawY(svg);
    for (double tick : x.ticks()) {
      String text = x.shown(tick);
      double most = WIDTH - HALF_LETTER * text.length();
      svg.with(Svg.label("middle", Math.min(atX(tick), most), BOTTOM + 16, text));
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
