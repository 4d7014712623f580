package org.qsnn.notebook;

import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the paragraphs of a note show, one below the other, for people to look at. */
final class NotePage {
  private static final Path FOLDER = Path.of("target", "note-pages");
  private static final String STYLE =
      "body { font: 14px sans-serif; max-width: 900px; margin: 1.5rem; } h3 { font-size: 1rem; }"
          + " table { border-collapse: collapse; }"
          + " th, td { border-bottom: 1px solid #d8dee4; padding: .2rem .6rem; text-align: right; }";

  /** Rows of a table; Zeppelin scrolls the others. */
  private static final int ROWS = 12;

  private NotePage() {}

  /**
   * @param outputs by the titles of their paragraphs
   */
  static void write(Note note, Map<String, String> outputs) {
    ContainerTag<?> body = tag("body").with(tag("h1").withText(note.name()));
    outputs.forEach(
        (title, output) -> {
          if (output.startsWith("%")) {
            body.with(tag("h3").withText(title), shown(output));
          }
        });
    ContainerTag<?> head =
        tag("head")
            .with(
                tag("title").withText(note.name()),
                rawHtml("<meta charset=\"utf-8\">"),
                tag("style").with(rawHtml(STYLE)));
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve(note.name() + ".html"),
          "<!DOCTYPE html>\n" + tag("html").attr("lang", "en").with(head, body).render());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContainerTag<?> shown(String output) {
    String content = output.substring(output.indexOf(' ') + 1);
    if (output.startsWith("%html")) {
      return tag("div").with(rawHtml(content));
    }
    ContainerTag<?> table = tag("table");
    content
        .lines()
        .limit(ROWS)
        .forEach(
            line -> {
              ContainerTag<?> row = tag("tr");
              String cell = table.getNumChildren() == 0 ? "th" : "td";
              for (String text : line.split("\t", -1)) {
                row.with(tag(cell).withText(text));
              }
              table.with(row);
            });
    return table;
  }
}
