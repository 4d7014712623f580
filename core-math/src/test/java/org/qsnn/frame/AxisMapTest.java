package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisMapTest {
  @Test
  void nearestRoundsDown() {
    AxisMap axis = AxisMap.nearest(8, 3);
    assertThat(axis.index()).containsExactly(0, 0, 0, 1, 1, 1, 2, 2);
    assertThat(axis.weight()).containsOnly(1);
  }

  @Test
  void areaDividesAPixelAtTheBorder() {
    // units of a third of a frame's pixel: pixel i covers 2i … 2i + 2
    AxisMap axis = AxisMap.area(3, 2);
    assertThat(axis.targets()).isEqualTo(2);
    assertThat(axis.unit()).isEqualTo(2);
    assertThat(frame(axis, 0)).containsExactly(2, 0);
    assertThat(frame(axis, 1)).containsExactly(1, 1);
    assertThat(frame(axis, 2)).containsExactly(0, 2);
  }

  @Test
  void areaOfAWholeMultipleIsOnePixel() {
    AxisMap axis = AxisMap.area(128, 64);
    assertThat(axis.targets()).isEqualTo(1);
    assertThat(axis.index()).isEqualTo(AxisMap.nearest(128, 64).index());
  }

  @ParameterizedTest
  @CsvSource({"128,48", "34,48", "240,48", "180,48", "7,7", "1,5", "5,1", "48,47"})
  void areaCoversEachPixelEvenly(int from, int to) {
    AxisMap axis = AxisMap.area(from, to);
    int[] covered = new int[to];
    for (int i = 0; i < from; i++) {
      int[] shares = frame(axis, i);
      assertThat(Arrays.stream(shares).sum()).isEqualTo(axis.unit());
      Arrays.setAll(covered, t -> covered[t] + shares[t]);
    }
    // as many parts as a frame's pixel is long
    assertThat(Arrays.stream(covered).distinct().toArray())
        .containsExactly(from * axis.unit() / to);
  }

  @Test
  void movesTheFrameNotTheSensor() {
    AxisMap axis = AxisMap.nearest(4, 4);
    assertThat(axis.mirrored().index()).containsExactly(3, 2, 1, 0);
    assertThat(axis.rolled(1).index()).containsExactly(1, 2, 3, 0);
    assertThat(axis.rolled(-1).index()).containsExactly(3, 0, 1, 2);
    assertThat(axis.mirrored().rolled(1).index()).containsExactly(0, 3, 2, 1);
  }

  /** The frame's axis after one event at a pixel. */
  private static int[] frame(AxisMap axis, int pixel) {
    int[] frame = new int[axis.length()];
    IntStream.range(pixel * axis.targets(), (pixel + 1) * axis.targets())
        .forEach(i -> frame[axis.index()[i]] += axis.weight()[i]);
    return frame;
  }
}
