package org.qsnn.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An inspection that finds nothing is worth as much as the faults that it would find. */
class InspectionIT {
  @TempDir private static Path root;
  private static Chromium chromium;

  @BeforeAll
  static void startChromium() throws IOException {
    chromium = Chromium.start();
  }

  @AfterAll
  static void endChromium() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void goodPageHasNoFaults() throws IOException {
    try (Tab tab = opened("<h1>Good</h1><p>Text.</p>" + chart("<rect width='9' height='9'/>"))) {
      assertThat(Inspection.layoutFaults(tab)).isEmpty();
      assertThat(Inspection.barriers(tab)).isEmpty();
      assertThat(tab.complaints()).isEmpty();
      assertThat(tab.requests()).hasSize(1);
    }
  }

  @Test
  void barriersAreFound() throws IOException {
    try (Tab tab = opened("<h1>Bad</h1><img src='data:,'><p style='color: #bbb'>Faint.</p>")) {
      assertThat(Inspection.barriers(tab))
          .hasSize(2)
          .anyMatch(barrier -> barrier.startsWith("image-alt: <img"))
          .anyMatch(barrier -> barrier.startsWith("color-contrast: <p"));
    }
  }

  @Test
  void chartsThatCannotBeReadAreFound() throws IOException {
    String body =
        chart("<g/>")
            + chart("<rect x='95' width='9' height='9'/>")
            + chart("<rect width='9' height='9' fill='#ccc'/>")
            + chart("<rect width='9' height='9'/><text x='90' y='20'>cut off</text>")
            + chart("<rect width='9' height='9'/><text y='20'>one</text><text y='20'>two</text>")
            + chart("<path d='M9 9h0' fill='none' stroke='#000' stroke-linecap='round'/>")
            + "<p style='width: 2000px'>wide</p>";
    try (Tab tab = opened(body)) {
      List<String> faults = Inspection.layoutFaults(tab);
      assertThat(faults).hasSize(7);
      assertThat(faults.get(0)).isEqualTo("chart: no marks");
      assertThat(faults.get(1)).startsWith("chart: a mark is cut off");
      assertThat(faults.get(2)).startsWith("chart: contrast 1.61 of a mark");
      assertThat(faults.get(3)).isEqualTo("chart: text is cut off: cut off");
      assertThat(faults.get(4)).isEqualTo("chart: text lies on text: one and two");
      assertThat(faults.get(5)).startsWith("chart: a mark is too small: <path");
      assertThat(faults.get(6)).startsWith("wider than the page: <p");
    }
  }

  @Test
  void whatAPageSaysAndAsksForIsFound() throws IOException {
    try (Tab tab =
        opened(
            "<img alt='none' src='http://example.invalid/a.png'>"
                + "<script>console.log('said'); throw new Error('thrown');</script>")) {
      assertThat(tab.requests()).contains("http://example.invalid/a.png");
      assertThat(tab.complaints())
          .anyMatch(complaint -> complaint.contains("said"))
          .anyMatch(complaint -> complaint.contains("thrown"))
          .anyMatch(complaint -> complaint.contains("ERR_NAME_NOT_RESOLVED"));
    }
  }

  private static String chart(String inside) {
    return "<svg viewBox='0 0 100 50' width='100' role='img' aria-label='chart'>"
        + "<title>chart</title>"
        + inside
        + "</svg>";
  }

  private static Tab opened(String body) throws IOException {
    Path page = Files.createTempFile(root, "page", ".html");
    Files.writeString(
        page,
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>page</title></head>"
            + "<body style='background: #fff'><main>"
            + body
            + "</main></body></html>");
    Tab tab = chromium.tab();
    tab.look(Look.WIDE_LIGHT);
    tab.open(page);
    return tab;
  }
}
