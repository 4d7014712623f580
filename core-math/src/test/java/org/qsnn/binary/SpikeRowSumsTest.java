package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.binary.SpikeRowSums.QuarterSums;
import org.qsnn.tensor.RandomStream;

class SpikeRowSumsTest {
  private static final SpikeRowSums PLAIN = new PlainSpikeRowSums();
  private static final SpikeRowSums VECTORS = new VectorSpikeRowSums();
  private static final int LANES = RowSums.best().lanes();

  /** The most that fit a byte: seven pairs of channels, three rows of each. */
  private static final int COUNT = 21;

  private static final int OUTPUTS = 3;

  /** Vectors of a row of sums; more than four are computed four or three at a time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 8})
  void vectorsHaveTheBitsOfPlainLoops(int vectors) {
    QuarterSums plain = sums(vectors * LANES);
    QuarterSums found = sums(vectors * LANES);
    int[] entries = entries();
    int[] table = packed(1200, 4);

    PLAIN.add(table, 7, entries, 2, COUNT, plain);
    VECTORS.add(table, 7, entries, 2, COUNT, found);

    assertThat(found.even()).isEqualTo(plain.even());
    assertThat(found.odd()).isEqualTo(plain.odd());
    assertThat(rows(VECTORS, found)).isEqualTo(rows(PLAIN, plain));
  }

  @Test
  void quartersAreAddedEachForItself() {
    int[] table = new int[2 * LANES];
    Arrays.fill(table, 0, LANES, pack(1, -2, 3, -4));
    Arrays.fill(table, LANES, 2 * LANES, pack(6, 6, -6, -6));
    QuarterSums sums = new QuarterSums(new int[LANES], new int[LANES], 0, LANES, 1, LANES);
    Arrays.fill(sums.even(), -SpikeRowSums.TWO_BIASES);
    Arrays.fill(sums.odd(), -SpikeRowSums.TWO_BIASES);

    // The first entry twice, less the second.
    VECTORS.add(table, 0, new int[] {2, 0, 0, LANES}, 0, 3, sums);

    float[] rows = new float[4 * LANES];
    VECTORS.unpack(sums, 0.5f, rows, 0, LANES);
    assertThat(IntStream.range(0, 4).mapToObj(k -> rows[k * LANES + LANES - 1]))
        .containsExactly(-2f, -5f, 6f, -1f);
  }

  private static float[] rows(SpikeRowSums kernel, QuarterSums sums) {
    float[] rows = new float[5 * sums.columns()];
    kernel.unpack(sums.from(sums.at() + sums.pitch()), 0.125f, rows, 3, sums.columns() + 1);
    return rows;
  }

  private static QuarterSums sums(int columns) {
    int pitch = columns + 5;
    int length = OUTPUTS * pitch + 6;
    return new QuarterSums(random(length, 1), random(length, 2), 6, pitch, OUTPUTS, columns);
  }

  private static int[] entries() {
    RandomStream random = RandomStream.of(3);
    int[] entries = new int[2 + OUTPUTS * (1 + COUNT)];
    for (int i = 0; i < entries.length; i++) {
      boolean isHead = i >= 2 && (i - 2) % (1 + COUNT) == 0;
      entries[i] = random.nextInt(isHead ? COUNT + 1 : 1000);
    }
    return entries;
  }

  /** Four signed bytes of up to six spikes. */
  private static int[] packed(int length, long seed) {
    RandomStream random = RandomStream.of(seed);
    int[] values = new int[length];
    for (int i = 0; i < length; i++) {
      values[i] = pack(spikes(random), spikes(random), spikes(random), spikes(random));
    }
    return values;
  }

  private static int spikes(RandomStream random) {
    return random.nextInt(13) - 6;
  }

  private static int pack(int a, int b, int c, int d) {
    return a + (b << 8) + (c << 16) + (d << 24);
  }

  /** Two sums of 16 bits that are far from the largest. */
  private static int[] random(int length, long seed) {
    RandomStream random = RandomStream.of(seed);
    int[] values = new int[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(20_000) - 10_000 + ((random.nextInt(20_000) - 10_000) << 16);
    }
    return values;
  }
}
