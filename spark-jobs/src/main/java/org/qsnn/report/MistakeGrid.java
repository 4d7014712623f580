package org.qsnn.report;

import static j2html.TagCreator.emptyTag;
import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.metric.Mistakes;
import org.qsnn.picture.Png;
import org.qsnn.run.StoredMistake;
import org.qsnn.sample.Picture;

/** Some of the test samples that were taken for something else, drawn. */
final class MistakeGrid {
  private MistakeGrid() {}

  /** Empty if none is known. */
  static Optional<DomContent> section(List<StoredMistake> mistakes) {
    if (mistakes.isEmpty()) {
      return Optional.empty();
    }
    DomContent legend = Html.paragraph("What it is → what it was taken for, the first by id.");
    ContainerTag<?> list = tag("ul").attr("class", "mistakes");
    mistakes.stream().limit(Mistakes.MAX).map(MistakeGrid::item).forEach(list::with);
    return Optional.of(
        Html.section("Test samples that were taken for something else", legend, list));
  }

  private static ContainerTag<?> item(StoredMistake mistake) {
    return tag("li")
        .with(
            emptyTag("img")
                .attr("src", "data:image/png;base64," + png(mistake.mistake().picture()))
                .attr(
                    "alt",
                    String.format(
                        Locale.ROOT,
                        "%s taken for %s",
                        mistake.labelName(),
                        mistake.predictionName())),
            tag("span").withText(mistake.labelName() + " → " + mistake.predictionName()));
  }

  private static String png(Picture picture) {
    byte[] png = Png.bytes(Png.image(picture.size(), picture.size(), picture.rgb()));
    return Base64.getEncoder().encodeToString(png);
  }
}
