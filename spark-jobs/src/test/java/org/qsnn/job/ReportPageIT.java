package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.browser.Chromium;
import org.qsnn.browser.Inspection;
import org.qsnn.browser.Look;
import org.qsnn.browser.Tab;

/** The pages of {@code qsnn report} in a real browser. */
@ExtendWith(SparkSessionExtension.class)
class ReportPageIT {
  /** Pictures for people to look at. */
  private static final Path PICTURES = Path.of("target", "report-pages");

  private static final String CHART = "figure:has(svg.chart)";

  @TempDir private static Path root;
  private static Chromium chromium;
  private static ReportPages pages;

  @BeforeAll
  static void startChromiumAndTrain(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    chromium = Chromium.start();
    pages = ReportPages.in(root);
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void endChromium() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** Each page is made once, when it is first opened. */
  static Stream<Arguments> pages() {
    return Stream.of(
        page("finished", () -> pages.ofFinishedRun()),
        page("unfinished", () -> pages.ofUnfinishedRun()),
        page("hostile", () -> pages.ofHostileNames()),
        page("long", () -> pages.ofLongRun()),
        page("several", () -> pages.ofSeveralRuns()),
        page("sweep", () -> pages.ofSweep()));
  }

  private static Arguments page(String name, Callable<Path> file) {
    return Arguments.of(name, file);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void pageSaysNothingToTheConsoleAndAsksForNothing(String name, Callable<Path> page)
      throws Exception {
    Path file = page.call();
    try (Tab tab = chromium.tab()) {
      tab.open(file);

      assertThat(tab.requests())
          .filteredOn(request -> !request.startsWith("data:"))
          .containsExactly(file.toUri().toString());
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void everyChartHasMarksAndNothingIsCutOff(String name, Callable<Path> page) throws Exception {
    try (Tab tab = opened(page)) {
      for (Look look : Look.values()) {
        tab.look(look);
        assertThat(Inspection.layoutFaults(tab)).as("%s, %s", name, look).isEmpty();
      }
      assertThat(charts(tab)).isPositive();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void pageHasNoBarriers(String name, Callable<Path> page) throws Exception {
    try (Tab tab = opened(page)) {
      for (Look look : Look.values()) {
        tab.look(look);
        assertThat(Inspection.barriers(tab)).as("%s, %s", name, look).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void pageHasPicturesForPeopleToLookAt(String name, Callable<Path> page) throws Exception {
    try (Tab tab = opened(page)) {
      for (Look look : Look.values()) {
        tab.look(look);
        String picture = name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Files.write(PICTURES.resolve(picture + ".png"), tab.picture());
      }
      assertThat(Files.readAllBytes(PICTURES.resolve(name + "-wide-dark.png")))
          .isNotEqualTo(Files.readAllBytes(PICTURES.resolve(name + "-wide-light.png")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void pageIsThereWithoutScripts(String name, Callable<Path> page) throws Exception {
    try (Tab scripted = opened(page);
        Tab tab = chromium.tab()) {
      tab.switchScriptsOff();
      tab.look(Look.WIDE_LIGHT);
      tab.open(page.call());

      assertThat(text(tab)).isEqualTo(text(scripted));
      assertThat(charts(tab)).isEqualTo(charts(scripted));
      assertThat(Inspection.layoutFaults(tab)).isEmpty();
      assertThat(tab.evaluate("document.querySelectorAll('button, output').length").intValue())
          .isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void pageIsPrinted(String name, Callable<Path> page) throws Exception {
    try (Tab tab = opened(page)) {
      byte[] pdf = tab.pdf();

      Files.write(PICTURES.resolve(name + ".pdf"), pdf);
      String latin = new String(pdf, StandardCharsets.ISO_8859_1);
      assertThat(latin).startsWith("%PDF-").contains("/Type /Page\n").contains("%%EOF");
    }
  }

  @Test
  void valuesAreReadWithThePointer() throws Exception {
    try (Tab tab = opened(pages::ofFinishedRun)) {
      String chart = CHART + " svg";
      tab.pointAt(chart, 0.11);
      assertThat(readout(tab))
          .startsWith("epoch 1: training, augmented 0.")
          .contains(", validation ");
      tab.pointAt(chart, 0.97);
      assertThat(readout(tab)).startsWith("epoch 2: ");
      assertThat(shown(tab, ".cursor")).isTrue();

      tab.pointAt("h1", 0);
      assertThat(readout(tab)).isEmpty();
      assertThat(shown(tab, ".cursor")).isFalse();
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void valuesAreReadWithTheKeys() throws Exception {
    try (Tab tab = opened(pages::ofFinishedRun)) {
      tab.evaluate("document.querySelector('" + CHART + " .reader').focus()");
      assertThat(readout(tab)).startsWith("epoch 2: training, augmented 0.");
      tab.press("ArrowLeft");
      assertThat(readout(tab)).startsWith("epoch 1: ").contains(", validation ");
      tab.press("ArrowLeft");
      assertThat(readout(tab)).startsWith("epoch 1: ");
      tab.press("End");
      assertThat(readout(tab)).startsWith("epoch 2: ");
      tab.press("Home");
      assertThat(readout(tab)).startsWith("epoch 1: ");
      assertThat(shown(tab, ".cursor")).isTrue();
      assertThat(Inspection.barriers(tab)).isEmpty();

      tab.evaluate("document.activeElement.blur()");
      assertThat(readout(tab)).isEmpty();
      assertThat(shown(tab, ".cursor")).isFalse();
    }
  }

  @Test
  void whatIsFoldedAwayIsPrinted() throws Exception {
    try (Tab tab = opened(pages::ofFinishedRun)) {
      String open = "document.querySelectorAll('details[open]').length";
      String all = "document.querySelectorAll('details').length";
      tab.evaluate("addEventListener('beforeprint', () => window.unfolded = " + open + ") || 0");
      tab.pdf();

      int folded = tab.evaluate(all).intValue();
      assertThat(folded).isPositive();
      assertThat(tab.evaluate("window.unfolded").intValue()).isEqualTo(folded);
      assertThat(tab.evaluate(open).intValue()).isZero();
    }
  }

  @Test
  void seriesAreSwitchedOffAndOn() throws Exception {
    try (Tab tab = opened(pages::ofFinishedRun)) {
      String button = CHART + " .legend button";
      tab.click(button);
      assertThat(pressed(tab)).isEqualTo("false");
      assertThat(shown(tab, "path.line")).isFalse();
      assertThat(Inspection.barriers(tab)).isEmpty();

      tab.evaluate("document.querySelector('" + button + "').focus()");
      tab.press(" ");
      assertThat(pressed(tab)).isEqualTo("true");
      assertThat(shown(tab, "path.line")).isTrue();
    }
  }

  private static Tab opened(Callable<Path> page) throws Exception {
    Tab tab = chromium.tab();
    tab.look(Look.WIDE_LIGHT);
    tab.open(page.call());
    return tab;
  }

  private static int charts(Tab tab) {
    return tab.evaluate("document.querySelectorAll('svg').length").intValue();
  }

  private static String text(Tab tab) {
    return tab.evaluate("document.querySelector('main').innerText.replace(/\\s+/g, ' ')").asText();
  }

  private static String readout(Tab tab) {
    return tab.evaluate("document.querySelector('" + CHART + " output').textContent").asText();
  }

  private static String pressed(Tab tab) {
    return tab.evaluate("document.querySelector('" + CHART + " button').ariaPressed").asText();
  }

  private static boolean shown(Tab tab, String part) {
    return tab.evaluate("document.querySelector('" + CHART + " " + part + "').checkVisibility()")
        .booleanValue();
  }
}
