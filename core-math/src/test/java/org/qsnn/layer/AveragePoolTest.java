package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.golden.GoldenCase;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;

class AveragePoolTest {
  @Test
  void averagesEachWindow() {
    FloatTensor x = FloatTensor.of(new float[] {0, 1, 1, 1, 1, 0, 1, 1}, 1, 1, 2, 4);
    FloatTensor y = FloatTensor.allocate(1, 1, 1, 2);
    new AveragePool(2).forward(x, y);
    assertThat(y.toArray()).containsExactly(0.5f, 1f);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2, 2", "2, 3, 8, 2", "2, 2, 6, 3", "3, 2, 4, 4", "1, 2, 1, 1"})
  void isTheDefinitionAndItsBackwardTheDerivative(int images, int channels, int size, int extent) {
    float[] values = DirectionalDerivative.normal(images * channels * size * size, 1, 1);
    FloatTensor x = FloatTensor.of(values, images, channels, size, size);
    FloatTensor y = FloatTensor.allocate(images, channels, size / extent, size / extent);
    new AveragePool(extent).forward(x, y);
    double[] expected = DoubleLayers.pool(DoubleLayers.doubles(values), size, extent);
    assertThat(GoldenCase.distance(y.toArray(), DoubleLayers.floats(expected))).isLessThan(1e-6);

    float[] g = DirectionalDerivative.normal(y.size(), 1, 2);
    FloatTensor xGradient = FloatTensor.allocate(x.shape());
    new AveragePool(extent).backward(FloatTensor.of(g, y.shape()), xGradient);
    DirectionalDerivative.check(
        p -> DoubleLayers.dot(DoubleLayers.pool(p, size, extent), g), values, xGradient.toArray());
  }
}
