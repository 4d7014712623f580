package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.binary.StochasticRounding.Planes;
import org.qsnn.tensor.RandomStream;

class StochasticRoundingTest {
  private static final StochasticRounding PLAIN = new PlainStochasticRounding();
  private static final StochasticRounding VECTORS = new VectorStochasticRounding();
  private static final int LANES = RowSums.best().lanes();

  /** Whole vectors, and not. */
  @ParameterizedTest
  @ValueSource(ints = {48, 36})
  void vectorsHaveTheMagnitudesOfPlainLoops(int length) {
    assertThat(magnitudes(VECTORS, length)).isEqualTo(magnitudes(PLAIN, length));
  }

  @Test
  void vectorsRoundAsPlainLoopsDo() {
    assertThat(rounded(VECTORS)).isEqualTo(rounded(PLAIN));
  }

  private static float[] magnitudes(StochasticRounding kernel, int length) {
    RandomStream random = RandomStream.of(2);
    float[] x = new float[5 * length];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    float[] sums = new float[length + 3 + LANES];
    int[] largest = new int[LANES];
    float[] factors = {1, 0.5f, 4, 2};
    kernel.magnitudes(new Planes(x, 7, 4, length, factors), sums, 3, largest);
    for (int i = 0; i < LANES; i++) {
      sums[length + 3 + i] = Float.intBitsToFloat(largest[i]);
    }
    return sums;
  }

  private static int[] rounded(StochasticRounding kernel) {
    RandomStream random = RandomStream.of(5);
    float[] x = new float[200];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() * 2 - 1;
    }
    int[] y = new int[110];
    kernel.round(x, 3, 99, 77, 250, 42, y, 5);
    return y;
  }

  @ParameterizedTest
  @ValueSource(floats = {0.25f, -0.25f, 3.7f, -100.9f})
  void roundsUpAsOftenAsTheFractionSays(float value) {
    int length = 100_000;
    float[] x = new float[length];
    Arrays.fill(x, value);
    int[] y = new int[length];
    PLAIN.round(x, 0, 0, length, 1, 1, y, 0);
    assertThat(Arrays.stream(y).map(PackedSums::low).average().orElseThrow())
        .isCloseTo((double) value, within(0.006));
    assertThat(Arrays.stream(y).map(PackedSums::high).average().orElseThrow())
        .isCloseTo((double) value, within(0.006));
    assertThat(Arrays.stream(y).map(PackedSums::low).distinct().boxed())
        .containsExactlyInAnyOrder((int) Math.floor(value), (int) Math.floor(value) + 1);
  }

  @Test
  void integersStayWhatTheyAre() {
    float[] x = {-254, -1, 0, 1, 254};
    int[] y = new int[5];
    PLAIN.round(x, 0, 0, 5, 1, 7, y, 0);
    assertThat(Arrays.stream(y).map(PackedSums::low)).containsExactly(-254, -1, 0, 1, 254);
    assertThat(Arrays.stream(y).map(PackedSums::high)).containsExactly(-254, -1, 0, 1, 254);
  }
}
