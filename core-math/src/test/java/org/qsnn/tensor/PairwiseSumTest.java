package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairwiseSumTest {
  private static final int LENGTH = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 11, 16})
  void addsNeighborsAndThenTheirSums(int terms) {
    PairwiseSum sum = new PairwiseSum(terms, LENGTH);
    // Twice, since a second sum begins where the first has ended.
    for (int seed = 0; seed < 2; seed++) {
      List<float[]> vectors = vectors(terms, seed);
      for (float[] vector : vectors) {
        System.arraycopy(vector, 0, sum.next(), 0, LENGTH);
        sum.add();
      }

      assertThat(sum.total()).isEqualTo(tree(vectors));
    }
  }

  private static List<float[]> vectors(int count, long seed) {
    RandomStream random = RandomStream.of(seed);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[LENGTH];
      for (int k = 0; k < LENGTH; k++) {
        vector[k] = (float) random.nextGaussian();
      }
      vectors.add(vector);
    }
    return vectors;
  }

  /** Level by level. */
  private static float[] tree(List<float[]> level) {
    if (level.size() == 1) {
      return level.get(0);
    }
    List<float[]> next = new ArrayList<>();
    for (int i = 0; i < level.size(); i += 2) {
      float[] node = level.get(i).clone();
      for (int k = 0; k < LENGTH && i + 1 < level.size(); k++) {
        node[k] += level.get(i + 1)[k];
      }
      next.add(node);
    }
    return tree(next);
  }
}
