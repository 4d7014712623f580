package org.qsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.RandomStream;

class LifEquationsTest {
  private static final float[] SPECIAL = {
    0f, -0f, 1f, Math.nextUp(1f), Math.nextDown(1f), 2f, -1f, -20f, 30f, 1e30f, -1e30f, Float.NaN
  };

  private static final LifConstants PUBLISHED = LifConstants.of(LifNeuron.PUBLISHED);

  private final LifEquations plain = new PlainLifEquations(PUBLISHED);
  private final LifEquations vector = new VectorLifEquations(PUBLISHED);

  static Stream<Arguments> sizesAndLevels() {
    return IntStream.of(0, 1, 7, 8, 21, 32, 63, 1024)
        .boxed()
        .flatMap(n -> IntStream.of(0, 1, 7, 127).mapToObj(levels -> Arguments.of(n, levels)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 100, 1024})
  void vectorsAndPlainLoopsAddTheSameSpikes(int n) {
    RandomStream random = RandomStream.of(8, n);
    int[] bits = new int[BitTensor.words(n) + 1];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (int) random.nextLong();
    }
    float[][] u = {values(1, n), values(1, n)};
    float[] expected = u[0].clone();
    for (int i = 0; i < n; i++) {
      expected[2 + i] += (bits[1 + i / 32] >>> i & 1) == 1 ? 0.7f : 0f;
    }
    plain.addSpikes(bits, 1, 0.7f, u[0], 2, n);
    vector.addSpikes(bits, 1, 0.7f, u[1], 2, n);
    assertThat(u[0]).isEqualTo(expected);
    assertThat(u[1]).isEqualTo(expected);
  }

  /** So often that the compiler has made instructions of the loops. */
  @Test
  void compiledLoopsComputeTheSameBits() {
    int n = 128;
    float[] values = values(7, 2 * n);
    float[][] u = {values(5, n), values(5, n)};
    float[][] v = {new float[n], new float[n]};
    int[][] words = {new int[4], new int[4]};
    MembraneScale former = new MembraneScale(0.8f, 127);
    for (int call = 0; call < 30_000; call++) {
      LifEquations[] both = {plain, vector};
      for (int i = 0; i < both.length; i++) {
        System.arraycopy(values, call % n, u[i], 0, n);
        both[i].leak(v[i], 0, former, u[i], 0, n);
        both[i].addSpikes(words[i], 0, 0.7f, u[i], 0, n);
        both[i].fire(u[i], 0, n, words[i], 0);
        both[i].store(u[i], 0, 127, v[i], 0, n);
      }
      assertThat(u[1]).isEqualTo(u[0]);
      assertThat(v[1]).isEqualTo(v[0]);
      assertThat(words[1]).isEqualTo(words[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("sizesAndLevels")
  void vectorsAndPlainLoopsLeakWithTheSameBits(int n, int levels) {
    MembraneScale former = new MembraneScale(0.8f, levels);
    float[][] u = {values(1, n), values(1, n)};
    float[] v = values(2, n + 2);
    plain.leak(v, 2, former, u[0], 0, n);
    vector.leak(v, 2, former, u[1], 0, n);
    assertThat(u[1]).isEqualTo(u[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 31, 32, 33, 64, 100, 1024})
  void vectorsAndPlainLoopsSetTheSameBitsAndClearAllOthers(int n) {
    float[] u = values(5, n);
    int[][] bits = new int[2][BitTensor.words(n) + 2];
    Arrays.fill(bits[0], -1);
    Arrays.fill(bits[1], -1);
    assertThat(vector.fire(u, 3, n, bits[1], 1)).isEqualTo(plain.fire(u, 3, n, bits[0], 1));
    assertThat(bits[1]).isEqualTo(bits[0]);
    for (int i = 0; i < BitTensor.words(n) * Integer.SIZE; i++) {
      int bit = bits[0][1 + i / Integer.SIZE] >>> i & 1;
      assertThat(bit).isEqualTo(i < n && u[3 + i] > 1f ? 1 : 0);
    }
    assertThat(bits[0][0]).isEqualTo(-1);
    assertThat(bits[0][BitTensor.words(n) + 1]).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void vectorsAndPlainLoopsFireTheSameNeuronsOfABlock(boolean isFinite) {
    int lanes = BlockGrid.lanes();
    float[] u = values(5, BlockGrid.neurons());
    for (int i = 0; isFinite && i < u.length; i++) {
      u[i] = Float.isFinite(u[i]) ? u[i] : 1.5f;
    }
    int[][] words = {new int[lanes], new int[lanes]};
    Arrays.fill(words[0], -1);
    Arrays.fill(words[1], -1);
    assertThat(plain.fire(u, 3, words[0])).isEqualTo(isFinite);
    assertThat(vector.fire(u, 3, words[1])).isEqualTo(isFinite);
    assertThat(words[1]).isEqualTo(words[0]);
    for (int i = 0; i < BlockGrid.neurons(); i++) {
      int bit = words[0][i % lanes] >>> (i / lanes) & 1;
      assertThat(bit).isEqualTo(u[3 + i] > 1f ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 33, 64})
  void atTheThresholdFiresWhereItIsSaid(int n) {
    LifConstants atOrAbove =
        LifConstants.of(new LifNeuron(Quantization.AFTER_RESET, Firing.AT_OR_ABOVE));
    LifEquations[] both = {new PlainLifEquations(atOrAbove), new VectorLifEquations(atOrAbove)};
    for (LifEquations equations : both) {
      float[] u = values(5, n);
      u[3] = 1f;
      int[] bits = new int[BitTensor.words(n)];
      equations.fire(u, 3, n, bits, 0);
      for (int i = 0; i < n; i++) {
        assertThat(bits[i / Integer.SIZE] >>> i & 1).isEqualTo(u[3 + i] >= 1f ? 1 : 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizesAndLevels")
  void vectorsAndPlainLoopsStoreTheSameBits(int n, int levels) {
    float[][] v = {values(2, n), values(2, n)};
    for (boolean isFinite : new boolean[] {true, false}) {
      float[] u = values(1, n);
      for (int i = 0; isFinite && i < u.length; i++) {
        u[i] = Float.isNaN(u[i]) ? 0f : u[i];
      }
      Float largest = plain.store(u, 0, levels, v[0], 2, n);
      assertThat(vector.store(u, 0, levels, v[1], 2, n)).isEqualTo(largest);
      assertThat(v[1]).isEqualTo(v[0]);
    }
  }

  static Stream<Arguments> timesteps() {
    return sizesAndLevels()
        .flatMap(
            size ->
                Stream.of(true, false)
                    .map(last -> Arguments.of(size.get()[0], size.get()[1], last)));
  }

  @ParameterizedTest
  @MethodSource("timesteps")
  void vectorsAndPlainLoopsGoBackwardWithTheSameBits(int n, int levels, boolean isCarried) {
    float[][] g = {values(3, n), values(3, n)};
    float[][] dm = {values(4, n), values(4, n)};
    float[] u = values(5, n);
    float[] v = values(6, n);
    float[] slopes = values(7, n);
    plain.backward(g[0], 0.1f, dm[0], u, v, slopes, levels, isCarried, n);
    vector.backward(g[1], 0.1f, dm[1], u, v, slopes, levels, isCarried, n);
    assertThat(g[1]).isEqualTo(g[0]);
    assertThat(dm[1]).isEqualTo(dm[0]);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aMembraneThatIsNotFiniteDoesNotHideBehindSilence(float value) {
    for (LifEquations equations : new LifEquations[] {plain, vector}) {
      for (int place : new int[] {0, 5, 31, 32, 39}) {
        float[] u = new float[40];
        assertThat(equations.fire(u, 0, 40, new int[2], 0)).isTrue();
        u[place] = value;
        assertThat(equations.fire(u, 0, 40, new int[2], 0)).isFalse();
      }
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
