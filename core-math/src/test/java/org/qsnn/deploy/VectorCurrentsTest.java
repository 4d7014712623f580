package org.qsnn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsnn.tensor.RandomStream;

class VectorCurrentsTest {
  private static final int COUNT = 77;

  @Test
  void currentsAreThoseOfPlainLoopsBitByBitAndNothingBehindThemIsTouched() {
    RandomStream random = RandomStream.of(1);
    for (int trial = 0; trial < 100; trial++) {
      int at = random.nextInt(20);
      int[] sums = random(random, at + COUNT);
      int[] potentials = new int[COUNT + 40];
      Arrays.fill(potentials, -7);
      float factor = (float) (random.nextGaussian() * 100);
      float offset = random.nextInt(1 << 20) - (1 << 19);

      VectorCurrents.first(factor, offset, sums, at, potentials, COUNT);
      int[] expected = new int[COUNT];
      for (int i = 0; i < COUNT; i++) {
        expected[i] = Float.floatToRawIntBits(Math.fma(factor, (float) sums[at + i], offset));
      }
      assertThat(Arrays.copyOf(potentials, COUNT)).isEqualTo(expected);

      VectorCurrents.second(factor, sums, at, potentials, COUNT);
      for (int i = 0; i < COUNT; i++) {
        float u = Float.intBitsToFloat(expected[i]);
        expected[i] = Float.floatToRawIntBits(Math.fma(factor, (float) sums[at + i], u));
      }
      assertThat(Arrays.copyOf(potentials, COUNT)).isEqualTo(expected);
      assertThat(Arrays.copyOfRange(potentials, COUNT, potentials.length)).containsOnly(-7);
    }
  }

  private static int[] random(RandomStream random, int length) {
    int[] numbers = new int[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextInt(1 << 13) - (1 << 12);
    }
    return numbers;
  }
}
