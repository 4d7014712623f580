package org.qsnn.report;

import static j2html.TagCreator.tag;

import com.fasterxml.jackson.databind.JsonNode;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was run, so that it can be run again. */
final class RunCard {
  private RunCard() {}

  static DomContent section(ReportedRun run) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("folder", run.path());
    run.summary()
        .ifPresent(
            summary -> {
              facts.put("parameters_sha256", summary.path("parameters_sha256").asText());
              facts.put(
                  "seconds",
                  String.format(Locale.ROOT, "%.0f", summary.path("seconds").doubleValue()));
            });
    run.fingerprint()
        .fields()
        .forEachRemaining(field -> facts.put(field.getKey(), shown(field.getValue())));
    return Html.section(
        "What was run",
        Html.paragraph("The same again: "),
        tag("pre").withText("qsnn train " + run.path() + "/run.conf --set run.dir=FOLDER"),
        tag("h3").withText("What differs from the defaults"),
        Html.facts(run.config().changed()),
        tag("h3").withText("With what"),
        Html.facts(facts),
        tag("details")
            .with(
                tag("summary").withText("The whole configuration"),
                tag("pre").attr("tabindex", "0").withText(run.config().render())));
  }

  private static String shown(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> parts = new ArrayList<>();
    value.forEach(part -> parts.add(part.asText()));
    return String.join(", ", parts);
  }
}
