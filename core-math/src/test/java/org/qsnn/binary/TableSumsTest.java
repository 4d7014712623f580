package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qsnn.binary.TableSums.CountTerms;
import org.qsnn.binary.TableSums.SignedTerms;
import org.qsnn.binary.TableSums.TableColumns;
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
      SignedTerms terms = new SignedTerms(x, new Entries(places, signs), sums[i]);
      kernel.add(terms, 9, 3, 97, 300, 300);
      kernel.add(terms, 9, 3, 40, 10, 400);
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
      PlaneCopies copies = i == 0 ? new PlainPlaneCopies() : new VectorPlaneCopies();
      copies.pack(x, new int[] {7, 1000, 2020, 3003}, 4, 29, rows[i], 2, 31);
      kernel.tables(rows[i], table[i], new TableColumns(3, 200, 144, 5, 160));
      // Fifteen entries of four counts up to 4 fit a byte, however few are added at a time.
      CountTerms terms = new CountTerms(table[i], entries, i == 0 ? 15 : 4, sums[i]);
      kernel.add(terms, 2, 0, 15, 4 * TableSums.TILE, 0);
      kernel.add(terms, 2, 3, 9, 0, 0);
      kernel.add(terms, 2, 1, 15, 4 * TableSums.TILE, 2 * TableSums.TILE);
      kernel.unpack(sums[i], 0, 2 * TableSums.TILE, 0.3f, y[i], 5, 100);
    }
    assertThat(rows[1]).isEqualTo(rows[0]);
    assertThat(table[1]).isEqualTo(table[0]);
    assertThat(sums[1]).isEqualTo(sums[0]);
    assertThat(y[1]).isEqualTo(y[0]);
  }
}
