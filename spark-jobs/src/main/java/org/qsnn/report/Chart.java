package org.qsnn.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** A picture of numbers that can be read without seeing it and without a script. */
interface Chart {
  /** What it shows, with units. */
  String title();

  /** Whether there is nothing to draw. */
  boolean isEmpty();

  /**
   * The picture alone.
   *
   * @param id unique within its page
   */
  ContainerTag<?> svg(String id);

  /** What its colours mean. */
  default DomContent legend() {
    return tag("ul").attr("class", "legend");
  }

  /** The picture with its title and legend. */
  default DomContent figure(String id) {
    return tag("figure").with(tag("figcaption").withText(title()), svg(id), legend());
  }

  /** Those that are not empty, side by side; their ids begin with a prefix. */
  static DomContent grid(String prefix, List<? extends Chart> charts) {
    List<DomContent> figures = new ArrayList<>();
    for (int i = 0; i < charts.size(); i++) {
      if (!charts.get(i).isEmpty()) {
        figures.add(charts.get(i).figure(prefix + i));
      }
    }
    return Html.charts(figures);
  }

  /** A legend of series that are told apart by colour. */
  static DomContent legendOf(List<String> names) {
    ContainerTag<?> legend = tag("ul").attr("class", "legend");
    for (int i = 0; i < names.size(); i++) {
      legend.with(tag("li").attr("class", "box s" + i).withText(names.get(i)));
    }
    return legend;
  }
}
