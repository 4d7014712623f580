package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.binary.GatherSums.GatheredRows;
import org.qsnn.tensor.RandomStream;

class PackedGatherSumsTest {
  private static final PackedGatherSums PLAIN = new PlainPackedGatherSums();
  private static final PackedGatherSums VECTORS = new VectorPackedGatherSums();

  @ParameterizedTest
  @CsvSource({"1, 48", "2, 16", "3, 48", "3, 16"})
  void vectorsGatherWhatPlainLoopsDo(int rows, int width) {
    assertThat(gathered(VECTORS, rows, width)).isEqualTo(gathered(PLAIN, rows, width));
  }

  @Test
  void vectorsAddToFloatsWhatPlainLoopsDo() {
    assertThat(addedTo(VECTORS)).isEqualTo(addedTo(PLAIN));
  }

  private static int[] gathered(PackedGatherSums kernel, int rows, int width) {
    RandomStream random = RandomStream.of(3);
    int[] places = new int[100];
    for (int i = 0; i < places.length; i++) {
      places[i] = random.nextInt(3000);
    }
    int[] sums = PackedSumsTest.ints(200, 1);
    kernel.gather(
        PackedSumsTest.ints(4000, 6), new GatheredRows(5, 230, rows, width), places, 2, 97, sums);
    return sums;
  }

  private static float[] addedTo(PackedGatherSums kernel) {
    float[] sums = new float[100];
    sums[20] = 1;
    kernel.addTo(PackedSumsTest.ints(48, 11), 48, 0.125f, sums, 3);
    return sums;
  }
}
