package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionsTest {
  private final Reductions plain = new PlainReductions();
  private final Reductions vector = new VectorReductions();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 8, 9, 36, 64, 1023, 1024})
  void vectorAndPlainSumsHaveTheSameBits(int length) {
    float[] x = normal(1, length + 7);
    float[] g = normal(2, length + 7);
    assertThat(vector.sum(x, 3, length)).isEqualTo(plain.sum(x, 3, length));
    assertThat(moments(vector, x, 3, length)).isEqualTo(moments(plain, x, 3, length));
    assertThat(vector.product(g, x, 3, length, 0.3f))
        .isEqualTo(plain.product(g, x, 3, length, 0.3f));
    assertThat(vector.largestMagnitude(x, 3, length))
        .isEqualTo(plain.largestMagnitude(x, 3, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 64, 1024})
  void sumsAreThoseOfDoublePrecisionButForRounding(int length) {
    float[] x = normal(3, length);
    float[] g = normal(4, length);
    double sum = 0;
    double squares = 0;
    double product = 0;
    for (int i = 0; i < length; i++) {
      sum += x[i];
      squares += ((double) x[i] - 0.3) * (x[i] - 0.3);
      product += g[i] * ((double) x[i] - 0.3);
    }
    Offset<Double> rounding = Offset.offset(1e-6 * length);
    assertThat(vector.sum(x, 0, length)).isCloseTo(sum, rounding);
    assertThat(moments(vector, x, 0, length)[0]).isCloseTo(sum - 0.3f * length, rounding);
    assertThat(moments(vector, x, 0, length)[1]).isCloseTo(squares, rounding);
    assertThat(vector.product(g, x, 0, length, 0.3f)).isCloseTo(product, rounding);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 63, 70})
  void aValueThatIsNotANumberDoesNotHide(int index) {
    float[] x = new float[71];
    x[index] = Float.NaN;
    assertThat(vector.largestMagnitude(x, 0, 71)).isNaN();
    assertThat(plain.largestMagnitude(x, 0, 71)).isNaN();
  }

  private static double[] moments(Reductions reductions, float[] x, int from, int length) {
    double[] sums = new double[2];
    reductions.moments(x, from, length, 0.3f, sums, 0);
    return sums;
  }

  private static float[] normal(long seed, int length) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
