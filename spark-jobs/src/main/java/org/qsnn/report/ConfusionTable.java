package org.qsnn.report;

import static j2html.TagCreator.tag;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/**
 * How often which class was taken for which, as a table that shades what is frequent.
 *
 * @param counts by label, then prediction
 * @param names of the classes; numbers where they are missing
 */
record ConfusionTable(JsonNode counts, List<String> names) {
  /** Classes beyond which a table is no use: then those that are confused most are listed. */
  private static final int MOST = 25;

  boolean isShown() {
    return counts.isArray() && counts.size() > 0 && counts.size() <= MOST;
  }

  DomContent table() {
    ContainerTag<?> head = tag("tr").with(tag("td"));
    for (int column = 0; column < counts.size(); column++) {
      head.with(tag("th").attr("scope", "col").with(tag("span").withText(name(column))));
    }
    head.with(tag("th").attr("scope", "col").withText("right"));
    ContainerTag<?> body = tag("tbody");
    for (int row = 0; row < counts.size(); row++) {
      body.with(row(row));
    }
    return Html.scrolled(
        "confusion matrix",
        tag("table")
            .attr("class", "confusion")
            .with(
                tag("caption").withText("rows: what it is; columns: what it was taken for"),
                tag("thead").with(head),
                body));
  }

  private ContainerTag<?> row(int label) {
    long sum = 0;
    for (JsonNode count : counts.get(label)) {
      sum += count.longValue();
    }
    ContainerTag<?> row = tag("tr").with(tag("th").attr("scope", "row").withText(name(label)));
    for (int column = 0; column < counts.size(); column++) {
      long count = counts.get(label).path(column).longValue();
      double share = sum == 0 ? 0 : (double) count / sum;
      row.with(
          tag("td")
              .attr("class", (column == label ? "hit" : "miss") + " h" + Math.round(share * 10))
              .withText(Long.toString(count)));
    }
    long right = counts.get(label).path(label).longValue();
    return row.with(
        tag("td")
            .withText(sum == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * right / sum)));
  }

  private String name(int label) {
    return label < names.size() ? names.get(label) : Integer.toString(label);
  }
}
