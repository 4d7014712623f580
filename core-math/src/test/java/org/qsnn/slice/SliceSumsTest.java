package org.qsnn.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qsnn.slice.SliceSums.Numbers;
import org.qsnn.slice.SliceSums.Shift;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.VectorSupport;

class SliceSumsTest {
  private static final int LANES = BlockGrid.lanes();
  private static final int NEURONS = BlockGrid.neurons();

  /** So often that the compiler has made instructions of the loops. */
  private static final int CALLS = 30_000;

  private final Random random = new Random(1);
  private final SliceSums plain = new PlainSliceSums();
  private SliceSums vectors;

  @BeforeEach
  void requireVectors() {
    assumeThat(VectorSupport.isUsed()).as("vectors").isTrue();
    vectors = new VectorSliceSums();
  }

  @Test
  void vectorsAddTheSameSlicesAsPlainLoops() {
    for (int call = 0; call < CALLS; call++) {
      int[] expected = words(40 * LANES);
      int[] places = IntStream.range(0, 24).map(i -> random.nextInt(20) * LANES).toArray();
      int[] found = expected.clone();

      plain.add(expected, places, 8, 24, 21 * LANES, 30 * LANES);
      vectors.add(found, places, 8, 24, 21 * LANES, 30 * LANES);

      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void vectorsSpreadAndAddTheSameNumbersAsPlainLoops() {
    for (int call = 0; call < CALLS; call++) {
      int[] expected = words(17 * LANES + 2 * NEURONS);
      int[] found = expected.clone();
      int factor = 1 << random.nextInt(9);
      int digits = 1 + random.nextInt(SliceSums.BYTE);

      plain.spread(expected, LANES, digits, 9 * LANES);
      plain.addNumbers(expected, 9 * LANES, 17 * LANES, 17 * LANES + NEURONS, factor);
      vectors.spread(found, LANES, digits, 9 * LANES);
      vectors.addNumbers(found, 9 * LANES, 17 * LANES, 17 * LANES + NEURONS, factor);

      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void vectorsShiftTheSameBitsAsPlainLoops() {
    for (int call = 0; call < CALLS; call++) {
      int[] words = words(5 * LANES);
      int[] masks = words(2 * LANES);
      int[] expected = new int[9 * LANES];
      int[] found = new int[9 * LANES];
      Shift tap =
          new Shift(
              random.nextInt(LANES), LANES, call % 32, random.nextInt(LANES), LANES, 2 * LANES);

      plain.shift(words, tap, 3, masks, expected);
      vectors.shift(words, tap, 3, masks, found);

      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void vectorsAddTheSameCurrentsAsPlainLoops() {
    for (int call = 0; call < CALLS; call++) {
      float[] expected = new float[NEURONS + 5];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = random.nextFloat() - 0.5f;
      }
      float[] found = expected.clone();
      int[] slices =
          IntStream.concat(random.ints(8 * LANES), random.ints(NEURONS, 0, 4609)).toArray();
      Numbers numbers = new Numbers(0, 8 * LANES, 0.0625f);
      float scale = random.nextFloat() - 0.5f;

      plain.addTo(expected, 3, slices, numbers, scale);
      vectors.addTo(found, 3, slices, numbers, scale);
      assertThat(found).isEqualTo(expected);

      plain.addTo(expected, 3, slices, scale);
      vectors.addTo(found, 3, slices, scale);
      assertThat(found).isEqualTo(expected);
    }
  }

  private int[] words(int count) {
    return random.ints(count).toArray();
  }
}
