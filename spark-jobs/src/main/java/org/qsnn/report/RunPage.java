package org.qsnn.report;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qsnn.text.Sizes;

/** A run as a page: what was trained, how well, where it fails, and how it went. */
final class RunPage {
  private final ReportedRun run;

  private RunPage(ReportedRun run) {
    this.run = run;
  }

  static Page of(ReportedRun run) {
    return new RunPage(run).page();
  }

  private Page page() {
    List<DomContent> sections = new ArrayList<>();
    sections.add(Html.paragraph(state()).attr("class", "state"));
    sections.addAll(Page.leftOut(run.problems()));
    sections.add(highlights());
    sections.add(TrainingCharts.section(run));
    LayerCharts.section(run).ifPresent(sections::add);
    confusion().ifPresent(sections::add);
    MistakeGrid.section(run.mistakes()).ifPresent(sections::add);
    LayerCharts.histograms(run).ifPresent(sections::add);
    Memory.section(run).ifPresent(sections::add);
    Work.section(run).ifPresent(sections::add);
    sections.add(RunCard.section(run));
    return new Page(run.name(), sections);
  }

  private String state() {
    String trained =
        String.format(
            Locale.ROOT,
            "%s on %s, %d of %d epochs",
            run.config().network().architecture().key(),
            run.config().dataset().kind().key(),
            run.epochs().size(),
            run.config().train().epochs());
    if (run.summary().isPresent()) {
      return trained + "; finished";
    }
    return run.ended()
        .map(ended -> trained + "; " + ended.reason())
        .orElse(trained + "; not finished");
  }

  /** The numbers that are asked for first. */
  private DomContent highlights() {
    Map<String, String> values = new LinkedHashMap<>();
    String test =
        run.config().train().testMirror()
            ? "test accuracy, samples also shown mirrored"
            : "test accuracy";
    run.testAccuracy().ifPresent(value -> values.put(test, Html.percent(value)));
    String soFar = run.summary().isPresent() ? "" : " so far";
    run.validationAccuracy()
        .ifPresent(value -> values.put("best validation accuracy" + soFar, Html.percent(value)));
    run.summary()
        .ifPresent(
            summary -> {
              long packed = summary.path("model_bytes").longValue();
              long floats = summary.path("float_bytes").longValue();
              String saved =
                  String.format(Locale.ROOT, "%.1f %%", Sizes.savedPercent(packed, floats));
              values.put("packed model, " + saved + " less than float32", Sizes.megabytes(packed));
            });
    values.put("bits of weights and membranes", run.bits());
    Paper.accuracy(
            run.config().dataset().kind().key(),
            run.config().network().architecture().key(),
            run.config().network().weightBits(),
            run.config().network().membraneBits())
        .ifPresent(
            percent ->
                values.put(
                    "the paper's, 300 epochs at full width, best test epoch",
                    Html.percent(percent / 100)));
    return Html.highlights(values);
  }

  private Optional<DomContent> confusion() {
    return run.summary()
        .map(summary -> new ConfusionTable(summary.path("test_confusion"), run.classNames()))
        .filter(ConfusionTable::isShown)
        .map(table -> Html.section("Test set: what was taken for what", table.table()));
  }
}
