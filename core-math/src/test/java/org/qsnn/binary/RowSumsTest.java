package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.tensor.RandomStream;

class RowSumsTest {
  private static final int AT = 5;

  @ParameterizedTest
  @ValueSource(ints = {RowSums.WIDE, RowSums.NARROW})
  void vectorsHaveTheBitsOfPlainLoops(int width) {
    float[] plain = table(new PlainRowSums(), width);
    float[] vectors = table(new VectorRowSums(), width);
    assertThat(vectors).isEqualTo(plain);
    assertThat(sums(new VectorRowSums(), plain, width))
        .isEqualTo(sums(new PlainRowSums(), plain, width));
  }

  /** Two rows of gradients in which a column has no left and one no right neighbor. */
  private static float[] table(RowSums kernel, int width) {
    float[] x = random(200, 1);
    float[] masks = new float[2 * 64];
    Arrays.fill(masks, 1);
    masks[10] = 0;
    masks[64 + 9] = 0;
    float[] factors = {9, 0.5f, 0.3f};
    float[] table = new float[AT + RowSums.ENTRIES * width];
    kernel.table(x, new RowPair(3, 70, 1, 2), factors, masks, table, AT, width);
    return table;
  }

  private static float[] sums(RowSums kernel, float[] table, int width) {
    int outputs = 3;
    int count = 12;
    int[] entries = new int[4 + outputs * count];
    float[] signs = new float[entries.length];
    RandomStream random = RandomStream.of(7);
    for (int i = 0; i < entries.length; i++) {
      entries[i] = AT + random.nextInt(RowSums.ENTRIES) * width;
      signs[i] = random.nextInt(2) * 2 - 1;
    }
    float[] sums = random(400, 2);
    kernel.add(table, entries, signs, 4, count, outputs, sums, 6, outputs * width, width);
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
    float[] masks = new float[2 * RowSums.NARROW];
    masks[0] = 1;
    float[] factors = {1, 2};
    float[] table = new float[RowSums.ENTRIES * RowSums.NARROW];
    RowPair pair = new RowPair(2, 5, 0, 0);
    new PlainRowSums().table(padded, pair, factors, masks, table, 0, RowSums.NARROW);
    // Left neighbors 1 and 2 · 8, columns 2 and 2 · 16, no right neighbor.
    assertThat(table[0b11011 * RowSums.NARROW]).isEqualTo(1 + 2 + 16 + 32);
    assertThat(table[0b01001 * RowSums.NARROW]).isEqualTo(1 - 2 + 16 - 32);
    assertThat(table[0b10110 * RowSums.NARROW]).isEqualTo(-1 + 2 - 16 + 32);
  }
}
