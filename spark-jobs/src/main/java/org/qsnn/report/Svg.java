package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.Locale;

/** What charts are drawn with. Places are in the units of the picture's view box. */
final class Svg {
  /** Letters that need no fitting, and the width of one. */
  private static final int SHORT = 9;

  private static final double LETTER = 6;

  private Svg() {}

  /**
   * An empty picture that screen readers read out.
   *
   * @param id unique within its page
   * @param kind of picture, a class of the style sheet
   * @param told what it shows, in words
   */
  static ContainerTag<?> picture(
      String id, String kind, int width, int height, String title, String told) {
    return tag("svg")
        .attr("viewBox", "0 0 " + width + " " + height)
        .attr("role", "img")
        .attr("aria-labelledby", id + "-t " + id + "-d")
        .attr("class", kind)
        .with(
            tag("title").attr("id", id + "-t").withText(title),
            tag("desc").attr("id", id + "-d").withText(told));
  }

  /**
   * @param anchor {@code start}, {@code middle} or {@code end}: which part of the text is at x
   */
  static ContainerTag<?> label(String anchor, double x, double y, String text) {
    return tag("text").attr("text-anchor", anchor).attr("x", at(x)).attr("y", at(y)).withText(text);
  }

  /**
   * The same in a space of a certain width, whatever letters it has.
   *
   * @param most letters that are written; the others are left out
   */
  static ContainerTag<?> fitted(
      String anchor, double x, double y, String text, int most, double width) {
    int letters = text.codePointCount(0, text.length());
    String shown =
        letters <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    ContainerTag<?> label = label(anchor, x, y, shown);
    return letters < SHORT
        ? label
        : label
            .attr("textLength", at(Math.min(width, LETTER * Math.min(letters, most))))
            .attr("lengthAdjust", "spacingAndGlyphs");
  }

  static ContainerTag<?> line(String kind, double x1, double y1, double x2, double y2) {
    return tag("line")
        .attr("class", kind)
        .attr("x1", at(x1))
        .attr("y1", at(y1))
        .attr("x2", at(x2))
        .attr("y2", at(y2));
  }

  static ContainerTag<?> box(double x, double y, double width, double height) {
    return tag("rect")
        .attr("x", at(x))
        .attr("y", at(y))
        .attr("width", at(width))
        .attr("height", at(height));
  }

  static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  /** Four digits. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
