package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OrthogonalizationTest {
  @Test
  void followsTheIterationInDoublePrecision() {
    // NumPy, float64.
    double[] expected = {
      0.26294968721265877, 0.506033153755792, 0.8683139443160821, -0.29274901821694893,
      -0.022704252193744723, 0.5173852798526644, -0.5769839418612437, 0.1520505721569108
    };
    float[] tall = {1, 2, 3, -1, 0, 2, -2, 0.5f};
    Orthogonalization.inPlace(tall, 4, 2);
    float[] wide = {1, 3, 0, -2, 2, -1, 2, 0.5f};
    Orthogonalization.inPlace(wide, 2, 4);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 2; column++) {
        double value = expected[row * 2 + column];
        assertThat((double) tall[row * 2 + column]).isCloseTo(value, within(1e-5));
        assertThat(wide[column * 4 + row]).isEqualTo(tall[row * 2 + column]);
      }
    }
  }

  @Test
  void rowsOfARandomMatrixBecomeAboutOrthogonal() {
    int rows = 7;
    int columns = 90;
    Random random = new Random(1);
    float[] matrix = new float[rows * columns];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) random.nextGaussian();
    }
    Orthogonalization.inPlace(matrix, rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        double product = 0;
        for (int k = 0; k < columns; k++) {
          product += matrix[i * columns + k] * matrix[j * columns + k];
        }
        assertThat(product).isCloseTo(i == j ? 0.95 : 0, within(0.5));
      }
    }
  }

  @Test
  void nothingStaysNothing() {
    float[] zeros = new float[6];
    Orthogonalization.inPlace(zeros, 2, 3);
    assertThat(zeros).containsOnly(0);
  }
}
