package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.tensor.RandomStream;

class LifEquationsTest {
  private static final float[] SPECIAL = {
    0f, -0f, 1f, Math.nextUp(1f), Math.nextDown(1f), 2f, -1f, -20f, 30f, 1e30f, -1e30f, Float.NaN
  };

  private final LifEquations plain = new PlainLifEquations();
  private final LifEquations vector = new VectorLifEquations();

  static Stream<Arguments> timesteps() {
    return IntStream.of(0, 1, 7, 8, 21, 1024)
        .boxed()
        .flatMap(
            n ->
                IntStream.of(0, 1, 7, 127)
                    .boxed()
                    .flatMap(
                        levels ->
                            Stream.of(true, false).map(last -> Arguments.of(n, levels, last))));
  }

  @ParameterizedTest
  @MethodSource("timesteps")
  void vectorsAndPlainLoopsGoForwardWithTheSameBits(int n, int levels, boolean isCarried) {
    for (float alpha : new float[] {0f, 0.8f}) {
      MembraneScale former = new MembraneScale(alpha, levels);
      float[][] u = {values(1, n), values(1, n)};
      float[][] v = {values(2, n), values(2, n)};
      float[][] s = new float[2][n + 3];
      plain.forward(u[0], v[0], former, levels, isCarried, s[0], 2, 2 + n);
      vector.forward(u[1], v[1], former, levels, isCarried, s[1], 2, 2 + n);
      assertThat(u[1]).isEqualTo(u[0]);
      assertThat(v[1]).isEqualTo(v[0]);
      assertThat(s[1]).isEqualTo(s[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("timesteps")
  void vectorsAndPlainLoopsGoBackwardWithTheSameBits(int n, int levels, boolean isCarried) {
    float[][] g = {values(3, n), values(3, n)};
    float[][] dm = {values(4, n), values(4, n)};
    float[] u = values(5, n);
    float[] v = values(6, n);
    plain.backward(g[0], 0.1f, dm[0], u, v, levels, isCarried, 2, 2 + n);
    vector.backward(g[1], 0.1f, dm[1], u, v, levels, isCarried, 2, 2 + n);
    assertThat(g[1]).isEqualTo(g[0]);
    assertThat(dm[1]).isEqualTo(dm[0]);
  }

  @Test
  void aMembraneThatIsNotANumberDoesNotHideBehindSilence() {
    for (LifEquations equations : new LifEquations[] {plain, vector}) {
      float[] u = new float[8];
      u[5] = Float.NaN;
      float[] v = new float[8];
      float[] s = new float[8];
      equations.forward(u, v, MembraneScale.NONE, 127, true, s, 0, 8);
      assertThat(s).containsExactly(0, 0, 0, 0, 0, Float.NaN, 0, 0);
      assertThat(v[5]).isNaN();
    }
  }

  /** Three more than n; what is special among what is ordinary. */
  private static float[] values(int seed, int n) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[n + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextInt(4) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (float) random.nextGaussian();
    }
    return values;
  }
}
