package org.qsnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import j2html.tags.DomContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.qsnn.metric.Mistake;
import org.qsnn.run.StoredMistake;
import org.qsnn.sample.Picture;

class MistakeGridTest {
  private static final byte[] RED_AND_BLUE = {-1, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0};

  private static StoredMistake mistake(String label, String prediction) {
    return new StoredMistake(new Mistake(7, 0, 1, new Picture(2, RED_AND_BLUE)), label, prediction);
  }

  private static String html(List<StoredMistake> mistakes) {
    return MistakeGrid.section(mistakes).map(DomContent::render).orElseThrow();
  }

  @Test
  void drawsASampleAndSaysWhatItWasTakenFor() throws IOException {
    String html = html(List.of(mistake("cat", "dog")));

    assertThat(html).contains("alt=\"cat taken for dog\"").contains("cat → dog");
    Matcher source = Pattern.compile("src=\"data:image/png;base64,([^\"]*)\"").matcher(html);
    assertThat(source.find()).isTrue();
    byte[] png = Base64.getDecoder().decode(source.group(1));
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(0, 0, 2, 2, null, 0, 2))
        .containsExactly(0xFFFF0000, 0xFF0000FF, 0xFF000000, 0xFF000000);
  }

  @Test
  void nameOfAClassIsTextAndNothingElse() {
    String hostile = "\"><script>alert(1)</script>&";

    assertThat(html(List.of(mistake(hostile, hostile))))
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "alt=\"\">");
  }

  @Test
  void drawsSoManyThatTheyFitOnAPage() {
    String html = html(Collections.nCopies(100, mistake("cat", "dog")));

    assertThat(html.split("<img ")).hasSize(25);
  }

  @Test
  void noMistakesAreNoSection() {
    assertThat(MistakeGrid.section(List.of())).isEmpty();
  }
}
