package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.binary.TableSums.SpikePlane;
import org.qsnn.binary.TableSums.TableColumns;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.RandomStream;

/** What vectors compute is what plain loops compute. */
class TableSumsTest {
  @Test
  void signedSumsHaveTheSameBits() {
    TableSums plain = new PlainTableSums();
    TableSums vectors = new VectorTableSums();
    RandomStream random = RandomStream.of(3);
    float[] x = new float[4096];
    float[] counts = new float[4096];
    int[] places = new int[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble() - 0.5f;
      counts[i] = (int) (random.nextDouble() * 5) / 4f;
    }
    float[] signs = new float[100];
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) (random.nextDouble() * 3000);
      signs[i] = random.nextDouble() < 0.5 ? -1 : 1;
    }
    float[] factors = {0.5f, 0.3f, 2f, 0.7f, 0.9f, 0.25f};
    float[][] floats = new float[2][TableSums.SIGNED_ENTRIES * 160];
    float[][] large = new float[2][TableSums.LARGE_ENTRIES * 160];
    float[][] sums = new float[2][512];
    for (int i = 0; i < 2; i++) {
      TableSums kernel = i == 0 ? plain : vectors;
      kernel.tables(x, factors, 0, floats[i], new TableColumns(3, 1000, 144, 5, 160));
      kernel.largeTables(x, factors, 0, large[i], new TableColumns(3, 700, 144, 5, 160));
      sums[i][17] = 3;
      kernel.add(x, 9, places, signs, 3, 97, sums[i], 300, 300);
      kernel.add(x, 9, places, signs, 3, 40, sums[i], 10, 400);
    }
    assertThat(floats[1]).isEqualTo(floats[0]);
    assertThat(large[1]).isEqualTo(large[0]);
    assertThat(sums[1]).isEqualTo(sums[0]);
  }

  @Test
  void countsAreTheSame() {
    RandomStream random = RandomStream.of(5);
    float[] x = new float[4096];
    for (int i = 0; i < x.length; i++) {
      x[i] = (int) (random.nextDouble() * 5) / 4f;
    }
    int[] entries = new int[15];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = (int) (random.nextDouble() * (16 * 160 - TableSums.TILE - 2));
    }
    int[][] rows = new int[2][1000];
    int[][] table = new int[2][16 * 160];
    int[][] sums = new int[2][6 * TableSums.TILE];
    float[][] y = new float[2][400];
    for (int i = 0; i < 2; i++) {
      TableSums kernel = i == 0 ? new PlainTableSums() : new VectorTableSums();
      kernel.pack(x, new int[] {7, 1000, 2020, 3003}, 4, 29, rows[i], 2, 31);
      kernel.tables(rows[i], table[i], new TableColumns(3, 200, 144, 5, 160));
      kernel.add(table[i], 2, entries, 0, 15, sums[i], 4 * TableSums.TILE, 0);
      kernel.add(table[i], 2, entries, 3, 9, sums[i], 0, 0);
      kernel.add(table[i], 2, entries, 1, 15, sums[i], 4 * TableSums.TILE, 2 * TableSums.TILE);
      kernel.unpack(sums[i], 0, 2 * TableSums.TILE, 0.3f, y[i], 5, 100);
    }
    assertThat(rows[1]).isEqualTo(rows[0]);
    assertThat(table[1]).isEqualTo(table[0]);
    assertThat(sums[1]).isEqualTo(sums[0]);
    assertThat(y[1]).isEqualTo(y[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 6, 8, 12, 16, 31, 32, 48})
  void spikesArePackedAndListedAtTheSamePlaces(int size) {
    int[] bits = bits(size).words();
    int words = BitTensor.words(size * size);
    SpikePlane plane = new SpikePlane(words, size, 160, 16 * (size + 1), 16);
    int[][] rows = new int[2][2 + size * (size + 1) + TableSums.MORE_PLACES];
    int[][] places = new int[2][2 + size * size + TableSums.MORE_PLACES];
    int[][] starts = new int[2][3 + size];
    int[] ends = new int[2];
    for (int i = 0; i < 2; i++) {
      TableSums kernel = i == 0 ? new PlainTableSums() : new VectorTableSums();
      kernel.pack(bits, new int[] {0, words, 3 * words, 2 * words}, size, rows[i], 2, size + 1);
      ends[i] = kernel.list(bits, plane, places[i], 2, starts[i], 3);
    }
    assertThat(rows[1]).isEqualTo(rows[0]);
    assertThat(ends[1]).isEqualTo(ends[0]);
    assertThat(starts[1]).isEqualTo(starts[0]);
    assertThat(Arrays.copyOf(places[1], ends[1])).isEqualTo(Arrays.copyOf(places[0], ends[0]));
  }

  /** Four planes, the last of them silent. */
  private static BitTensor bits(int size) {
    RandomStream random = RandomStream.of(7, size);
    float[] x = new float[3 * size * size];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextDouble() < 0.3 ? 1f : 0f;
    }
    return BitTensor.of(x, 1, 3, size, size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 9, 16, 24, 32, 64})
  void rowsAreCopiedAndNothingElse(int length) {
    RandomStream random = RandomStream.of(9, length);
    float[] x = new float[400];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    float[] expected = new float[400];
    for (int row = 0; row < 3; row++) {
      System.arraycopy(x, 5 + row * 67, expected, 7 + row * 70, length);
    }
    for (TableSums kernel : new TableSums[] {new PlainTableSums(), new VectorTableSums()}) {
      float[] y = new float[400];
      kernel.copyRows(x, 5, 67, y, 7, 70, 3, length);
      assertThat(y).isEqualTo(expected);
    }
  }

  @Test
  void silentPlanesHaveNoPlacesAndFullOnesAll() {
    for (TableSums kernel : new TableSums[] {new PlainTableSums(), new VectorTableSums()}) {
      float[] x = new float[2 * 64];
      Arrays.fill(x, 64, 128, 1f);
      int[] bits = BitTensor.of(x, 1, 2, 8, 8).words();
      int[] places = new int[64 + TableSums.MORE_PLACES];
      int[] starts = new int[8];
      int silent = kernel.list(bits, new SpikePlane(0, 8, 0, 8, 1), places, 0, starts, 0);
      int full = kernel.list(bits, new SpikePlane(2, 8, 0, 8, 1), places, 0, starts, 0);
      assertThat(silent).isZero();
      assertThat(full).isEqualTo(64);
      assertThat(Arrays.copyOf(places, 64)).isEqualTo(IntStream.range(0, 64).toArray());
      assertThat(starts).containsExactly(0, 8, 16, 24, 32, 40, 48, 56);
    }
  }
}
