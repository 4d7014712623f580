package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitHalvingTest {
  private static final int PLACE = 3;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 32})
  void everyOtherColumnAndRowOfAPlaneIsWritten(int size) {
    int[] words = new int[PLACE + BitTensor.words(size * size)];
    RandomStream random = RandomStream.of(5, size);
    for (int i = 0; i < size * size; i++) {
      set(words, PLACE * Integer.SIZE + i, random.nextDouble() < 0.4);
    }
    int side = size / 2;
    for (int column = 0; column < 2; column++) {
      int[] columns = new int[BitHalving.words(size)];
      BitHalving.columns(words, PLACE, size, column, columns);
      for (int row = 0; row < 2; row++) {
        int[] halved = new int[1 + columns.length];
        BitHalving.rows(columns, size, row, halved, 1);

        int[] expected = new int[halved.length];
        for (int i = 0; i < side * side; i++) {
          int bit = (2 * (i / side) + row) * size + 2 * (i % side) + column;
          set(expected, Integer.SIZE + i, isSet(words, PLACE * Integer.SIZE + bit));
        }
        assertThat(halved).as("column %d, row %d", column, row).isEqualTo(expected);
      }
    }
  }

  @Test
  void onlyPlanesOfWholeHalvesCanBeHalved() {
    assertThat(List.of(2, 16, 32)).allMatch(BitHalving::isPossible);
    assertThat(List.of(1, 7, 12, 24, 64)).noneMatch(BitHalving::isPossible);
  }

  private static void set(int[] words, int bit, boolean isSet) {
    if (isSet) {
      words[bit / Integer.SIZE] |= 1 << bit;
    }
  }

  private static boolean isSet(int[] words, int bit) {
    return (words[bit / Integer.SIZE] >>> bit & 1) != 0;
  }
}
