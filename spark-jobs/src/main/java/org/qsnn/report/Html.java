package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parts that pages have in common. */
final class Html {
  private Html() {}

  /** A part of a page under a heading. */
  static DomContent section(String title, DomContent... parts) {
    return tag("section").with(tag("h2").withText(title)).with(parts);
  }

  static ContainerTag<?> paragraph(String text) {
    return tag("p").withText(text);
  }

  /** The numbers that are asked for first: what they mean by what they are. */
  static DomContent highlights(Map<String, String> values) {
    ContainerTag<?> list = tag("ul").attr("class", "big");
    values.forEach(
        (meaning, value) ->
            list.with(tag("li").with(tag("b").withText(value), tag("span").withText(meaning))));
    return list;
  }

  /** Charts side by side where there is room. */
  static DomContent charts(List<DomContent> figures) {
    return tag("div").attr("class", "charts").with(figures);
  }

  /** What is scrolled within the page where it is wider. */
  static DomContent scrolled(String label, DomContent wide) {
    return tag("div")
        .attr("class", "scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", label)
        .with(wide);
  }

  /** Names beside their values. */
  static DomContent facts(Map<String, String> facts) {
    ContainerTag<?> rows = tag("tbody");
    facts.forEach((name, value) -> rows.with(row(name, List.of(value))));
    return tag("table").attr("class", "facts").with(rows);
  }

  /**
   * A table with a heading over each column and one before each row.
   *
   * @param label of the table, for people who cannot see it
   */
  static DomContent table(String label, List<String> columns, Map<String, List<String>> rows) {
    ContainerTag<?> head = tag("tr");
    for (String column : columns) {
      head.with(column.isEmpty() ? tag("td") : tag("th").attr("scope", "col").withText(column));
    }
    ContainerTag<?> body = tag("tbody");
    rows.forEach((name, cells) -> body.with(row(name, cells)));
    return scrolled(
        label, tag("table").attr("class", "values").with(tag("thead").with(head), body));
  }

  private static DomContent row(String name, List<String> cells) {
    ContainerTag<?> row = tag("tr").with(tag("th").attr("scope", "row").withText(name));
    cells.forEach(cell -> row.with(tag("td").withText(cell)));
    return row;
  }

  /** Of a share, 0…1. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** The last part of a path. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
