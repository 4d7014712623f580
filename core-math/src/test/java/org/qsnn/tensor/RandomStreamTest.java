package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
  private static final int DRAWS = 20_000;

  /** Computed by another program from the definition of SplitMix64. */
  @Test
  void givesTheNumbersThatRunsDependOn() {
    assertThat(longs(RandomStream.of()))
        .containsExactly(0x63CFC62A2B097592L, 0xDC0746B419466AECL, 0x08264674F98AA19EL);
    assertThat(longs(RandomStream.of(1, 2, 3)))
        .containsExactly(0x05EE39D0743DB777L, 0x90EE42A75685AE22L, 0xA7722CACC96EF664L);
    assertThat(longs(RandomStream.of(-1)))
        .containsExactly(0x81399FF6788B9D29L, 0xF4F432FE147314A4L, 0xE39AE0BED304D6D0L);
    RandomStream doubles = RandomStream.of(1);
    assertThat(doubles.nextDouble()).isEqualTo(7544935248119644L * 0x1p-53);
    assertThat(doubles.nextDouble()).isEqualTo(5594034810547312L * 0x1p-53);
    assertThat(RandomStream.of(2).nextFloat()).isEqualTo(15909019 * 0x1p-24f);
    RandomStream ints = RandomStream.of(3);
    assertThat(IntStream.range(0, 10).map(i -> ints.nextInt(10)))
        .containsExactly(1, 3, 4, 5, 4, 1, 8, 4, 3, 8);
    assertThat(RandomStream.of(4).permutation(8)).containsExactly(7, 2, 6, 4, 5, 1, 0, 3);
    RandomStream normal = RandomStream.of(5);
    assertThat(normal.nextGaussian()).isCloseTo(2.282924926316371, within(1e-15));
    assertThat(normal.nextGaussian()).isCloseTo(-0.6319922541008863, within(1e-15));
  }

  private static long[] longs(RandomStream random) {
    return new long[] {random.nextLong(), random.nextLong(), random.nextLong()};
  }

  @Test
  void everyPathHasAStreamOfItsOwn() {
    long[] first = {
      RandomStream.of(1, 2).nextLong(),
      RandomStream.of(2, 1).nextLong(),
      RandomStream.of(1).nextLong(),
      RandomStream.of(1, 2, 0).nextLong(),
      RandomStream.of(0, 1, 2).nextLong(),
      RandomStream.of(3).nextLong(),
    };
    assertThat(first).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 10, 100})
  void integersAreUniform(int bound) {
    RandomStream random = RandomStream.of(11, bound);
    int[] counts = new int[bound];
    for (int i = 0; i < DRAWS; i++) {
      counts[random.nextInt(bound)]++;
    }
    double expected = (double) DRAWS / bound;
    assertThat(chiSquare(counts, expected))
        .isLessThan(bound - 1 + 5 * Math.sqrt(2.0 * bound)); // five deviations
  }

  private static double chiSquare(int[] counts, double expected) {
    return Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
  }

  @Test
  void integersStayBelowAnyBound() {
    RandomStream random = RandomStream.of(12);
    for (int i = 0; i < 1000; i++) {
      assertThat(random.nextInt(Integer.MAX_VALUE)).isNotNegative();
      assertThat(random.nextInt(1)).isZero();
    }
    assertThatThrownBy(() -> random.nextInt(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bound must be positive; found 0");
  }

  @Test
  void fractionsAreUniformFromZeroUpToOne() {
    RandomStream random = RandomStream.of(13);
    double floats = 0;
    double doubles = 0;
    int heads = 0;
    for (int i = 0; i < DRAWS; i++) {
      float f = random.nextFloat();
      double d = random.nextDouble();
      assertThat(f >= 0 && f < 1 && d >= 0 && d < 1).isTrue();
      floats += f;
      doubles += d;
      heads += random.nextBoolean() ? 1 : 0;
    }
    double fiveDeviations = 5 * Math.sqrt(1.0 / 12 / DRAWS);
    assertThat(floats / DRAWS).isCloseTo(0.5, within(fiveDeviations));
    assertThat(doubles / DRAWS).isCloseTo(0.5, within(fiveDeviations));
    assertThat(heads / (double) DRAWS).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(DRAWS)));
  }

  @Test
  void gaussiansHaveMeanZeroVarianceOneAndNormalTails() {
    RandomStream random = RandomStream.of(14);
    double sum = 0;
    double squares = 0;
    int beyondTwo = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = random.nextGaussian();
      sum += x;
      squares += x * x;
      beyondTwo += Math.abs(x) > 2 ? 1 : 0;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(5 / Math.sqrt(DRAWS)));
    assertThat(squares / DRAWS).isCloseTo(1, within(5 * Math.sqrt(2.0 / DRAWS)));
    assertThat(beyondTwo / (double) DRAWS).isCloseTo(0.0455, within(5 * Math.sqrt(0.0434 / DRAWS)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 257})
  void permutationHoldsEveryIndexOnce(int size) {
    int[] sorted = RandomStream.of(15).permutation(size);
    Arrays.sort(sorted);
    assertThat(sorted).containsExactly(IntStream.range(0, size).toArray());
  }

  @Test
  void allPermutationsAreEquallyLikely() {
    RandomStream random = RandomStream.of(16);
    int[] counts = new int[6];
    for (int i = 0; i < DRAWS; i++) {
      int[] p = random.permutation(3);
      counts[2 * p[0] + (p[1] > p[2] ? 1 : 0)]++;
    }
    assertThat(chiSquare(counts, DRAWS / 6.0)).isLessThan(5 + 5 * Math.sqrt(10));
  }
}
