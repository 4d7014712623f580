package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.optimize.MatrixProduct.Factors;
import org.qsnn.tensor.RandomStream;

class MatrixProductTest {
  /** Whole vectors, single vectors, columns and rows that fill none. */
  @ParameterizedTest
  @CsvSource({"8, 5, 64", "4, 7, 48", "9, 12, 33", "3, 4, 40", "13, 1, 95", "4, 9, 5"})
  void vectorsGiveTheBitsOfPlainLoopsAndOfTheDefinition(int rows, int count, int length) {
    RandomStream random = RandomStream.of(rows, count, length);
    float[] values = floats(rows * count, random);
    float[] source = floats(count * length, random);
    float[] start = floats(rows * length, random);
    Factors byRow = new Factors(values, rows, count, count, 1);
    Factors byColumn = new Factors(values, rows, 1, count, rows);

    for (Factors factors : new Factors[] {byRow, byColumn}) {
      float[] expected = start.clone();
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < length; i++) {
          for (int k = 0; k < count; k++) {
            expected[r * length + i] =
                Math.fma(factors.at(r, k), source[k * length + i], expected[r * length + i]);
          }
        }
      }
      float[] plain = start.clone();
      new PlainMatrixProduct().add(plain, factors, source, length);
      assertThat(plain).isEqualTo(expected);
      float[] vectors = start.clone();
      new VectorMatrixProduct().add(vectors, factors, source, length);
      assertThat(vectors).isEqualTo(expected);
    }
  }

  private static float[] floats(int count, RandomStream random) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextGaussian();
    }
    return floats;
  }
}
