package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.qsnn.report.Figures.Figure;

class FiguresTest {
  private static final List<Figure> FIGURES =
      Figures.ofRuns(List.of(LongRuns.run("/runs/a", 3, 10)));

  @Test
  void figuresOfARunAreSpikesSignsAndSize() {
    assertThat(FIGURES)
        .extracting(Figure::name)
        .containsExactly("figure-2-4b-spikes", "figure-4a-signs", "figure-3-size-accuracy");
    assertThat(csv(FIGURES.get(0)))
        .hasSize(1 + 10)
        .startsWith(
            "layer,zeros,ones,p_s,p_s_paper_figure_2,p_s_paper_figure_4b",
            "blocks.0.lif,100000,0,0.000000,0.20,0.30",
            "blocks.1.lif,99000,1000,0.010000,0.11,0.26")
        .endsWith("blocks.9.lif,91000,9000,0.090000,,");
    assertThat(csv(FIGURES.get(1))).contains("blocks.0.conv.weight,500,500,0.500000");
    assertThat(csv(FIGURES.get(2)))
        .contains("\"Wei et al. 2024 (Q-SNN, 1w2u)\",\"paper, Figure 3\",1.6200,95.20");
  }

  @Test
  void svgStandsAlone() throws Exception {
    for (Figure figure : FIGURES) {
      String svg = new String(figure.svgBytes(), UTF_8);

      assertThat(svg)
          .startsWith("<svg ")
          .contains("xmlns=\"http://www.w3.org/2000/svg\"", "font-family", "fill=\"#0063a8\"")
          .doesNotContain("class=");
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(figure.svgBytes()));
    }
  }

  @Test
  void pngShowsBarsAndLettersAndIsTheSameBytesWhenItIsMadeAgain() throws IOException {
    byte[] png = FIGURES.get(1).pngBytes();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

    assertThat(image.getWidth()).isEqualTo(2 * Plot.WIDTH);
    assertThat(count(image, 0x0063a8)).isGreaterThan(10_000);
    assertThat(count(image, 0xb45309)).isGreaterThan(10_000);
    assertThat(count(image, 0x57606a)).as("pixels inside of letters").isGreaterThan(200);
    assertThat(FIGURES.get(1).pngBytes()).isEqualTo(png);
  }

  @Test
  void labelsOfPointsThatLieTogetherDoNotCoverEachOther() {
    Labels labels = new Labels();
    List<String> drawn =
        IntStream.range(0, 5)
            .mapToObj(i -> labels.beside(300, 100, "the same").orElseThrow().render())
            .toList();

    assertThat(drawn).doesNotHaveDuplicates();
  }

  private static List<String> csv(Figure figure) {
    return new String(figure.csvBytes(), UTF_8).lines().toList();
  }

  private static long count(BufferedImage image, int colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(
            i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff) == colour)
        .count();
  }
}
