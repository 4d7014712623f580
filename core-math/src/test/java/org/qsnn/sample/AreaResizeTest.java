package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AreaResizeTest {
  /** Three equal planes. */
  private static byte[] planes(int... values) {
    byte[] planes = new byte[3 * values.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) values[i % values.length];
    }
    return planes;
  }

  @Test
  void aPixelIsTheMeanOfWhatItCoversRoundedHalfUp() {
    assertThat(AreaResize.resize(planes(0, 255, 255, 0), 2, 2, 1)).isEqualTo(planes(128));
    // Thirds: the first new pixel covers one and a half old ones, along both axes.
    assertThat(AreaResize.resize(planes(90, 0, 0, 0, 0, 0, 0, 0, 0), 3, 3, 2))
        .isEqualTo(planes(40, 0, 0, 0));
  }

  @Test
  void theLargestCenteredSquareIsKept() {
    assertThat(AreaResize.resize(planes(9, 1, 2, 9, 9, 3, 4, 9), 4, 2, 2))
        .isEqualTo(planes(1, 2, 3, 4));
    assertThat(AreaResize.resize(planes(9, 7, 9), 1, 3, 1)).isEqualTo(planes(7));
  }

  @Test
  void whatHasOneColorKeepsIt() {
    int[] white = new int[35];
    Arrays.fill(white, 255);
    for (int size : new int[] {1, 2, 3, 8, 32}) {
      int[] resized = new int[size * size];
      Arrays.fill(resized, 255);
      assertThat(AreaResize.resize(planes(white), 7, 5, size)).isEqualTo(planes(resized));
    }
  }
}
