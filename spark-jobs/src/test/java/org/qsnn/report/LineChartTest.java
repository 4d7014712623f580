package org.qsnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
  @Test
  void lineHasAGapWhereANumberIsMissing() {
    LineChart chart =
        new LineChart("t", List.of(new LineChart.Series("a", Arrays.asList(0.0, 1.0, null, 0.5))));

    assertThat(chart.figure("c").render())
        .containsPattern("d=\"M[0-9. ]+h0L[0-9. ]+M[0-9. ]+h0\"")
        .contains("data-values=\"0.000 1.000  0.5000\"");
  }

  @Test
  void seriesWithoutNumbersIsNoLine() {
    LineChart.Series none = new LineChart.Series("none", Arrays.asList(null, null));

    assertThat(new LineChart("t", List.of(none)).isEmpty()).isTrue();
    assertThat(
            new LineChart("t", List.of(none, new LineChart.Series("one", List.of(1.0))))
                .figure("c")
                .render())
        .contains("one")
        .doesNotContain("none");
  }

  @Test
  void tellsInWordsWhatItShowsAndKeepsMarkupOut() {
    String figure =
        new LineChart(
                "<b>\"loss\"</b>", List.of(new LineChart.Series("x & y", List.of(3.0, 1.0, 2.0))))
            .figure("c")
            .render();

    assertThat(figure)
        .contains("x &amp; y: first 3.000, last 2.000, least 1.000, most 3.000")
        .contains("&lt;b&gt;")
        .doesNotContain("<b>");
  }
}
