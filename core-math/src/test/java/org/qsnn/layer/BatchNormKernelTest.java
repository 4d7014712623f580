package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.layer.BatchNormKernel.PlaneGradient;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;

class BatchNormKernelTest {
  private static final int PLANES = 3;

  private final BatchNormKernel plain = new PlainBatchNormKernel();
  private final BatchNormKernel vector = new VectorBatchNormKernel();

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 9, 36, 64, 1024})
  void vectorAndPlainKernelsGiveTheSameSums(int plane) {
    FloatTensor y = normal(PLANES * plane, 1);
    for (int p = 0; p < PLANES; p++) {
      int at = p * plane * Float.BYTES;
      assertThat(vector.sum(y.bytes(), at, plane)).isEqualTo(plain.sum(y.bytes(), at, plane));
      assertThat(vector.squares(y.bytes(), at, plane, 0.3f))
          .isEqualTo(plain.squares(y.bytes(), at, plane, 0.3f))
          .isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 9, 36, 64, 1024})
  void vectorAndPlainKernelsGiveTheSameGradients(int plane) {
    for (int repeats = 1; repeats <= 4; repeats++) {
      assertThat(gradient(vector, plane, repeats)).isEqualTo(gradient(plain, plane, repeats));
    }
  }

  /** The middle one of three planes; the others stay as they are. */
  private static float[] gradient(BatchNormKernel kernel, int plane, int repeats) {
    FloatTensor dx = normal(repeats * PLANES * plane, 2);
    FloatTensor y = normal(PLANES * plane, 3);
    FloatTensor target = FloatTensor.of(new float[PLANES * plane], PLANES * plane);
    int at = plane * Float.BYTES;
    kernel.gradient(
        new PlaneGradient(
            dx.bytes(),
            at,
            repeats,
            PLANES * plane * Float.BYTES,
            y.bytes(),
            target.bytes(),
            at,
            0.7f,
            -0.2f,
            0.01f,
            0.05f),
        plane);
    return target.toArray();
  }

  @Test
  void writesTheSumOverRepeatsIntoItsPlaneAlone() {
    float[] target = gradient(plain, 5, 3);
    float[] dx = normal(3 * PLANES * 5, 2).toArray();
    float[] y = normal(PLANES * 5, 3).toArray();
    for (int i = 0; i < target.length; i++) {
      boolean isInside = i >= 5 && i < 10;
      double sum = isInside ? (double) dx[i] + dx[i + 15] + dx[i + 30] : 0;
      double expected = isInside ? 0.7 * sum - 0.2 * (y[i] - 0.05) + 0.01 : 0;
      assertThat((double) target[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void choosesVectorsWhereTheModuleIsPresent() {
    assertThat(BatchNormKernel.best()).isInstanceOf(VectorBatchNormKernel.class);
  }

  private static FloatTensor normal(int size, long seed) {
    return FloatTensor.of(DirectionalDerivative.normal(size, 1, seed), size);
  }
}
