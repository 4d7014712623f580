package org.qsnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsnn.report.BarChart.Group;
import org.qsnn.report.LineChart.Series;
import org.qsnn.report.ParallelChart.Column;
import org.qsnn.report.ParallelChart.Line;
import org.qsnn.report.ScatterChart.Point;

class ChartsTest {
  private static final String HOSTILE = "\"><script>alert(1)</script>";

  @Test
  void barsStandOnZeroAndAreAsHighAsTheirNumbers() {
    String svg =
        new BarChart(
                "t", List.of("0", "1"), List.of(new Group("a", List.of(4.0, 2.0), 0, "p 0.33")))
            .svg("b")
            .render();

    List<Double> heights = numbers(svg, "height=\"([0-9.]+)\" class=\"bar");
    assertThat(heights).hasSize(2);
    assertThat(heights.get(0)).isEqualTo(2 * heights.get(1), within(0.11));
    assertThat(svg).contains("p 0.33", "a: 0 4.000 1 2.000");
  }

  @Test
  void deviationOfABarIsDrawnAndTold() {
    BarChart chart =
        new BarChart("t", List.of("x"), List.of(new Group("a", List.of(1.0), 0.5, "")));

    assertThat(chart.svg("b").render()).contains("class=\"whisker\"", "a: 1.000 ± 0.5000");
  }

  @Test
  void pointsLieByTheLogarithmOfTheFirstNumber() {
    List<Point> points =
        List.of(
            new Point("a", 0, 1, 10, true),
            new Point("b", 1, 10, 10, false),
            new Point("c", 1, 100, 20, false));

    String svg = new ScatterChart("t", "MB", List.of("x", "y"), points).svg("s").render();

    List<Double> places = numbers(svg, "cx=\"([0-9.]+)\"");
    assertThat(places.get(1) - places.get(0))
        .isEqualTo(places.get(2) - places.get(1), within(0.11));
    assertThat(svg).contains("a: MB 1.000, 10.00");
  }

  @Test
  void manyLinesAreThreadsThatKeepTheirNames() {
    List<Series> lines =
        IntStream.range(0, 13)
            .mapToObj(i -> new Series("run " + i, List.of(1.0, i * 1.0)))
            .toList();

    String figure = new LineChart("t", lines).figure("l").render();

    assertThat(figure)
        .contains("line thread", "<title>run 12</title>")
        .doesNotContain("<li>", "<li class");
  }

  @Test
  void axesOfAParallelChartTakeWordsAndNumbers() {
    ParallelChart chart =
        new ParallelChart(
            "t",
            List.of(Column.of("words", List.of("a", "b")), Column.of("n", Axis.of(0, 1))),
            List.of(
                new Line("one", List.of(1.0, 0.5), true),
                new Line("two", List.of(0.0, 1.0), false)),
            List.of("front", "others"));

    String svg = chart.svg("p").render();

    assertThat(svg).contains("line s0", "line thread", ">words<", ">b<", ">0.4<");
    assertThat(svg.indexOf("line thread")).isLessThan(svg.indexOf("line s0"));
  }

  @Test
  void histogramTellsItsRangeAndHowMuchIsBelowTheMiddle() {
    String svg = new Histogram("t", -2, 2, List.of(3L, 1L)).svg("h").render();

    assertThat(svg).contains("4 numbers from -2.000 to 2.000, 75.0 % of them in the lower half");
    assertThat(new Histogram("t", -2, 2, List.of(0L, 0L)).isEmpty()).isTrue();
  }

  @Test
  void namesAreTextInEveryChart() {
    List<Chart> charts =
        List.of(
            new BarChart(
                HOSTILE, List.of(HOSTILE), List.of(new Group(HOSTILE, List.of(1.0), 0, HOSTILE))),
            new ScatterChart(
                HOSTILE, HOSTILE, List.of(HOSTILE), List.of(new Point(HOSTILE, 0, 1, 1, true))),
            new LineChart(HOSTILE, List.of(new Series(HOSTILE, List.of(1.0)))),
            new LineChart(HOSTILE, Collections.nCopies(20, new Series(HOSTILE, List.of(1.0)))),
            new HeatMap(HOSTILE, HOSTILE, List.of(HOSTILE), List.of(List.of(0.5))),
            new Histogram(HOSTILE, -1, 1, List.of(1L)),
            new ParallelChart(
                HOSTILE,
                Collections.nCopies(2, Column.of(HOSTILE, List.of(HOSTILE))),
                List.of(new Line(HOSTILE, List.of(0.5, 0.5), true)),
                List.of(HOSTILE, HOSTILE)));

    assertThat(charts)
        .allSatisfy(
            chart ->
                assertThat(chart.figure("c").render())
                    .doesNotContain("<script")
                    .contains("&lt;script"));
  }

  @Test
  void ticksOfALogarithmicAxisAreRoundAndWithinIt() {
    assertThat(LogAxis.of(0.02, 60).ticks()).containsExactly(0.1, 1.0, 10.0);
    assertThat(LogAxis.of(0.9, 12).ticks()).containsExactly(1.0, 2.0, 5.0, 10.0);
    LogAxis axis = new LogAxis(1, 100);
    assertThat(axis.place(10)).isEqualTo(0.5, within(1e-12));
    assertThat(axis.shown(0.02)).isEqualTo("0.02");
    assertThat(axis.shown(2e6)).isEqualTo("2e+06");
  }

  @Test
  void numbersThatLieCloseTogetherHaveALinearAxis() {
    assertThat(LogAxis.of(1.2, 4).ticks()).containsExactly(1.0, 2.0, 3.0, 4.0);
    assertThat(LogAxis.of(19_656, 19_656).ticks()).hasSizeGreaterThan(1);
  }

  @Test
  void namesWithoutRoomAreLeftOutAndStillTold() {
    List<Point> points =
        IntStream.range(0, 40).mapToObj(i -> new Point("point " + i, 0, 5, 7, true)).toList();

    String svg = new ScatterChart("t", "MB", List.of("x"), points).svg("s").render();

    assertThat(numbers(svg, "(\\d+)</text>")).hasSizeLessThan(30);
    assertThat(svg).contains(">point 0</text>").doesNotContain(">point 39</text>");
    assertThat(svg).contains("<title>point 39: MB 5.000, 7.000</title>");
  }

  private static List<Double> numbers(String svg, String pattern) {
    return Pattern.compile(pattern)
        .matcher(svg)
        .results()
        .map(match -> Double.valueOf(match.group(1)))
        .toList();
  }
}
