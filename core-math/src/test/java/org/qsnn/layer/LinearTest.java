package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;

class LinearTest {
  @Test
  void addsTheBiasToEveryRow() {
    FloatTensor x = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    FloatTensor w = FloatTensor.of(new float[] {1, 0, 10, 1}, 2, 2);
    assertThat(Linear.forward(x, w, new float[] {0.5f, -0.5f}))
        .containsExactly(1.5f, 11.5f, 3.5f, 33.5f, 5.5f, 55.5f);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "3, 5, 2", "4, 7, 100"})
  void backwardIsTheDerivative(int rows, int features, int classes) {
    float[] x = DirectionalDerivative.normal(rows * features, 1, 1);
    float[] w = DirectionalDerivative.normal(classes * features, 1, 2);
    float[] g = DirectionalDerivative.normal(rows * classes, 1, 3);
    FloatTensor xGradient = FloatTensor.allocate(rows, features);
    FloatTensor wGradient = FloatTensor.allocate(classes, features);
    Linear.backward(
        FloatTensor.of(x, rows, features),
        FloatTensor.of(w, classes, features),
        FloatTensor.of(g, rows, classes),
        xGradient,
        wGradient);
    double[] xs = DoubleLayers.doubles(x);
    double[] ws = DoubleLayers.doubles(w);
    DirectionalDerivative.check(
        p -> DoubleLayers.dot(product(p, ws, rows, features), g), x, xGradient.toArray());
    DirectionalDerivative.check(
        p -> DoubleLayers.dot(product(xs, p, rows, features), g), w, wGradient.toArray());
  }

  private static double[] product(double[] x, double[] w, int rows, int features) {
    int classes = w.length / features;
    double[] y = new double[rows * classes];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < features; j++) {
        y[i] += x[i / classes * features + j] * w[i % classes * features + j];
      }
    }
    return y;
  }
}
