package org.qsnn.report;

import static j2html.TagCreator.emptyTag;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import j2html.tags.EmptyTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.qsnn.Hashes;

/**
 * An HTML document that needs nothing but itself: style and script are inside, and its content
 * security policy lets nothing else run and nothing be loaded.
 */
record Page(String title, List<DomContent> sections) {
  static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  Page {
    sections = List.copyOf(sections);
  }

  /** What is damaged and not on the page, a line each. */
  static List<DomContent> leftOut(List<String> problems) {
    return problems.stream()
        .<DomContent>map(
            problem -> tag("p").attr("class", "problem").withText("Left out: " + problem))
        .toList();
  }

  String html() {
    ContainerTag<?> head =
        tag("head")
            .with(
                meta("charset", "utf-8"),
                meta("http-equiv", "Content-Security-Policy").attr("content", policy()),
                meta("name", "viewport").attr("content", "width=device-width, initial-scale=1"),
                meta("name", "color-scheme").attr("content", "light dark"),
                tag("title").withText(title),
                tag("style").with(rawHtml(STYLE)));
    ContainerTag<?> body =
        tag("body")
            .with(tag("main").with(tag("h1").withText(title)).with(sections))
            .with(tag("script").with(rawHtml(SCRIPT)));
    return ReportFile.START + tag("html").attr("lang", "en").with(head, body).render() + "\n";
  }

  private static EmptyTag<?> meta(String name, String value) {
    return emptyTag("meta").attr(name, value);
  }

  private static String policy() {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '"
        + hash(STYLE)
        + "'; script-src '"
        + hash(SCRIPT)
        + "'";
  }

  private static String hash(String text) {
    byte[] digest = HexFormat.of().parseHex(Hashes.sha256(text.getBytes(StandardCharsets.UTF_8)));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
