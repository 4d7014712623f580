package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.binary.GatherSums.GatheredRows;
import org.qsnn.tensor.RandomStream;

class GatherSumsTest {
  @ParameterizedTest
  @CsvSource({"1, 16", "1, 32", "1, 48", "2, 16", "3, 48", "3, 16"})
  void vectorsHaveTheBitsOfPlainLoops(int rows, int width) {
    assertThat(sums(new VectorGatherSums(), rows, width))
        .isEqualTo(sums(new PlainGatherSums(), rows, width));
  }

  private static float[] sums(GatherSums kernel, int rows, int width) {
    RandomStream random = RandomStream.of(3);
    float[] x = new float[4000];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    int[] places = new int[100];
    for (int i = 0; i < places.length; i++) {
      places[i] = random.nextInt(3000);
    }
    float[] sums = new float[200];
    sums[20] = 1;
    kernel.gather(x, new GatheredRows(5, 230, rows, width), places, 2, 97, sums, 9);
    return sums;
  }
}
