package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.PlaneCopies.SpikePlane;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.RandomStream;

/** What vectors copy is what plain loops copy. */
class PlaneCopiesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 6, 8, 12, 16, 31, 32, 48})
  void spikesArePackedAndListedAtTheSamePlaces(int size) {
    int[] bits = bits(size).words();
    int words = BitTensor.words(size * size);
    SpikePlane plane = new SpikePlane(words, size, 160, 16 * (size + 1), 16);
    int[][] rows = new int[2][2 + size * (size + 1) + PlaneCopies.MORE_PLACES];
    int[][] places = new int[2][2 + size * size + PlaneCopies.MORE_PLACES];
    int[][] starts = new int[2][3 + size];
    int[] ends = new int[2];
    for (int i = 0; i < 2; i++) {
      PlaneCopies kernel = i == 0 ? new PlainPlaneCopies() : new VectorPlaneCopies();
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
  @ValueSource(ints = {1, 4, 8, 9, 16, 24, 32, 48, 64})
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
    for (PlaneCopies kernel : new PlaneCopies[] {new PlainPlaneCopies(), new VectorPlaneCopies()}) {
      float[] y = new float[400];
      kernel.copyRows(x, 5, y, 7, new Rows(3, length, 67, 70));
      assertThat(y).isEqualTo(expected);
    }
  }

  @Test
  void silentPlanesHaveNoPlacesAndFullOnesAll() {
    for (PlaneCopies kernel : new PlaneCopies[] {new PlainPlaneCopies(), new VectorPlaneCopies()}) {
      float[] x = new float[2 * 64];
      Arrays.fill(x, 64, 128, 1f);
      int[] bits = BitTensor.of(x, 1, 2, 8, 8).words();
      int[] places = new int[64 + PlaneCopies.MORE_PLACES];
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
