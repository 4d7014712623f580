package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.RowSums.SumRows;
import org.qsnn.tensor.RandomStream;

class RowSumsTest {
  private static final int AT = 5;
  private static final RowSums VECTORS = new VectorRowSums();

  @ParameterizedTest
  @ValueSource(ints = {RowSums.WIDE, RowSums.NARROW})
  void vectorsHaveTheBitsOfPlainLoops(int vectorsOfARow) {
    int width = vectorsOfARow * VECTORS.lanes();
    float[] plain = table(new PlainRowSums(), width);
    float[] vectors = table(VECTORS, width);
    assertThat(vectors).isEqualTo(plain);
    assertThat(sums(VECTORS, plain, width)).isEqualTo(sums(new PlainRowSums(), plain, width));
  }

  /** Two rows of gradients in which a column has no left and one no right neighbor. */
  private static float[] table(RowSums kernel, int width) {
    float[] x = random(200, 1);
    float[] masks = new float[2 * 66];
    Arrays.fill(masks, 1);
    masks[10] = 0;
    masks[66 + 9] = 0;
    float[] table = new float[AT + RowSums.ENTRIES * width];
    kernel.table(x, new RowPair(3, 70, 2, width), masks, table, AT, width);
    return table;
  }

  private static float[] sums(RowSums kernel, float[] table, int width) {
    int outputs = 3;
    int count = 12;
    int[] places = new int[4 + outputs * count];
    float[] signs = new float[places.length];
    RandomStream random = RandomStream.of(7);
    for (int i = 0; i < places.length; i++) {
      places[i] = AT + random.nextInt(RowSums.ENTRIES) * width;
      signs[i] = random.nextInt(2) * 2 - 1;
    }
    float[] sums = random(700, 2);
    SumRows rows = new SumRows(sums, 6, outputs * width, outputs, width);
    kernel.add(table, new Entries(places, signs), 4, count, rows);
    return sums;
  }

  private static float[] random(int length, long seed) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  @Test
  void anEntryIsTheSignedSumOfNeighborsThatAreThere() {
    float[] x = {9, 1, 2, 4, 9, 9, 8, 16, 32, 9};
    float[] padded = Arrays.copyOf(x, 60);
    int width = RowSums.NARROW * 8;
    float[] masks = new float[2 * width];
    masks[0] = 1;
    float[] table = new float[RowSums.ENTRIES * width];
    new PlainRowSums().table(padded, new RowPair(2, 5, 0, width), masks, table, 0, width);
    // Left neighbors 1 and 8, columns 2 and 16, no right neighbor.
    assertThat(table[0b11011 * width]).isEqualTo(1 + 2 + 8 + 16);
    assertThat(table[0b01001 * width]).isEqualTo(1 - 2 + 8 - 16);
    assertThat(table[0b10110 * width]).isEqualTo(-1 + 2 - 8 + 16);
  }
}
