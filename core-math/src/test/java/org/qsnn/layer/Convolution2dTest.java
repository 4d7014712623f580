package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class Convolution2dTest {
  @ParameterizedTest
  @CsvSource({
    // images, in, out, kernel, stride, size
    "1, 1, 1, 3, 1, 1",
    "1, 3, 2, 3, 1, 4",
    "2, 2, 5, 3, 2, 6",
    "3, 4, 3, 1, 1, 5",
    "2, 3, 4, 1, 2, 4",
    "2, 17, 16, 3, 1, 3",
  })
  void isTheSumOverWindowsAndItsBackwardTheDerivative(
      int images, int in, int out, int kernel, int stride, int size) {
    Convolution spec = new Convolution("c", in, out, kernel, stride, kernel / 2, false, false);
    float[] x = DirectionalDerivative.normal(images * in * size * size, 1, 1);
    float[] w = DirectionalDerivative.normal(out * in * kernel * kernel, 1, 2);
    FloatTensor xTensor = FloatTensor.of(x, images, in, size, size);
    FloatTensor wTensor = FloatTensor.of(w, spec.weightShape());
    FloatTensor y = FloatTensor.allocate(NormalizedConvolution.outputShape(spec, xTensor));

    Convolution2d.forward(spec, xTensor, wTensor, y);

    double[] expected =
        DoubleLayers.convolve(spec, DoubleLayers.doubles(x), DoubleLayers.doubles(w), images, size);
    assertThat(GoldenCase.distance(y.toArray(), DoubleLayers.floats(expected))).isLessThan(1e-6);

    float[] g = DirectionalDerivative.normal(y.size(), 1, 3);
    FloatTensor xGradient = FloatTensor.allocate(xTensor.shape());
    FloatTensor wGradient = FloatTensor.allocate(wTensor.shape());
    Convolution2d.backward(
        spec, xTensor, wTensor, FloatTensor.of(g, y.shape()), xGradient, wGradient);
    DirectionalDerivative.check(
        p ->
            DoubleLayers.dot(
                DoubleLayers.convolve(spec, p, DoubleLayers.doubles(w), images, size), g),
        x,
        xGradient.toArray());
    DirectionalDerivative.check(
        p ->
            DoubleLayers.dot(
                DoubleLayers.convolve(spec, DoubleLayers.doubles(x), p, images, size), g),
        w,
        wGradient.toArray());
  }

  @Test
  void overwritesWhatItsTargetsHeld() {
    Convolution spec = new Convolution("c", 1, 1, 3, 1, 1, false, false);
    try (Workspace workspace = new Workspace()) {
      FloatTensor x = FloatTensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
      FloatTensor w = FloatTensor.of(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, 1, 1, 3, 3);
      FloatTensor y = workspace.take(1, 1, 2, 2);
      y.array().assign(Float.NaN);
      Convolution2d.forward(spec, x, w, y);
      assertThat(y.toArray()).containsExactly(1, 2, 3, 4);
      FloatTensor xGradient = workspace.take(1, 1, 2, 2);
      FloatTensor wGradient = workspace.take(1, 1, 3, 3);
      xGradient.array().assign(Float.NaN);
      wGradient.array().assign(Float.NaN);
      Convolution2d.backward(spec, x, w, x, xGradient, wGradient);
      assertThat(xGradient.toArray()).containsExactly(1, 2, 3, 4);
      assertThat(wGradient.toArray()).containsExactly(4, 11, 6, 14, 30, 14, 6, 11, 4);
    }
  }
}
