package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.golden.GoldenCase;
import org.qsnn.layer.DirectSums.Row;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class DirectConvolutionTest {
  private static final int FRAMES = 3;

  private final Workspace workspace = new Workspace();

  @AfterEach
  void free() {
    workspace.close();
  }

  @ParameterizedTest
  @CsvSource({"2, 64, 3, 48", "2, 4, 3, 32", "1, 5, 5, 9", "2, 6, 1, 17", "1, 1, 3, 1"})
  void isTheConvolutionAndTheWeightGradientOfNd4j(int in, int out, int kernel, int size) {
    Convolution spec = convolution(in, out, kernel, 1);
    float[] weights = DirectionalDerivative.normal(out * in * kernel * kernel, 1, 1);
    FloatTensor x = tensor(2, FRAMES, in, size, size);
    FloatTensor dy = tensor(3, FRAMES, out, size, size);
    FloatTensor w = FloatTensor.of(weights, spec.weightShape());
    FloatTensor expected = FloatTensor.allocate(FRAMES, out, size, size);
    FloatTensor dw = FloatTensor.allocate(spec.weightShape());
    Convolution2d.forward(spec, x, w, expected);
    Convolution2d.backward(spec, x, w, dy, FloatTensor.allocate(x.shape()), dw);

    DenseSynapses synapses = new DenseSynapses(spec, weights);
    FloatTensor y = FloatTensor.allocate(expected.shape());
    BatchMoments moments = new BatchMoments(out, size * size, x.dimension(0));
    synapses.forward(x, y, moments, workspace);
    float[] gradient = new float[weights.length + 1];
    synapses.backward(x, List.of(dy), null, gradient, 1, workspace);

    assertThat(GoldenCase.distance(y.toArray(), expected.toArray())).isLessThan(1e-6);
    BatchMoments of = new BatchMoments(out, size * size, x.dimension(0));
    of.add(y);
    assertThat(moments.statistics(1).get(0).mean()).isEqualTo(of.statistics(1).get(0).mean());
    assertThat(gradient[0]).isZero();
    for (int i = 0; i < weights.length; i++) {
      assertThat(gradient[1 + i]).isCloseTo(dw.toArray()[i], within(1e-5f * FRAMES * size * size));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 1", "2, 3, 2", "2, 1, 2"})
  void moreChannelsAndOtherStridesAreLeftToNd4j(int in, int kernel, int stride) {
    assertThat(DirectConvolution.suits(convolution(in, 4, kernel, stride))).isFalse();
    assertThat(DirectConvolution.suits(convolution(2, 4, kernel, 1))).isTrue();
  }

  @Test
  void aGradientForTheInputGoesThroughNd4j() {
    Convolution spec = convolution(2, 4, 3, 1);
    float[] weights = DirectionalDerivative.normal(4 * 2 * 9, 1, 1);
    FloatTensor x = tensor(2, FRAMES, 2, 8, 8);
    FloatTensor dy = tensor(3, FRAMES, 4, 8, 8);
    FloatTensor expected = FloatTensor.allocate(x.shape());
    FloatTensor w = FloatTensor.of(weights, spec.weightShape());
    Convolution2d.backward(spec, x, w, dy, expected, FloatTensor.allocate(spec.weightShape()));
    FloatTensor dx = FloatTensor.allocate(x.shape());
    new DenseSynapses(spec, weights)
        .backward(x, List.of(dy), dx, new float[weights.length], 0, workspace);
    assertThat(dx.toArray()).isEqualTo(expected.toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 48, 64})
  void vectorsAndPlainLoopsGiveTheSameBits(int columns) {
    DirectSums plain = new PlainDirectSums();
    DirectSums vector = new VectorDirectSums();
    int[] taps = {0, 1, 2, 70, 71, 72};
    int rows = 3;
    int pitch = columns + 5;
    Row row = new Row(DirectionalDerivative.normal(rows * pitch + 80, 1, 4), 2, taps);
    float[] weights = DirectionalDerivative.normal(1 + DirectSums.OUTPUTS * taps.length, 1, 5);
    float[][] sums = new float[2][3 + DirectSums.OUTPUTS * 70];
    plain.add(row, weights, 1, sums[0], 3, 70, columns);
    vector.add(row, weights, 1, sums[1], 3, 70, columns);
    assertThat(sums[1]).isEqualTo(sums[0]);
    double first = 0;
    for (int t = 0; t < taps.length; t++) {
      first += (double) weights[1 + t] * row.x()[2 + taps[t]];
    }
    assertThat(sums[0][3]).isCloseTo((float) first, within(1e-5f));

    float[] g = DirectionalDerivative.normal(1 + rows * columns, 1, 6);
    float[][] lanes = new float[2][DirectSums.TAPS * DirectSums.LANES];
    plain.addProducts(row, pitch, 0, g, 1, rows, columns, lanes[0]);
    vector.addProducts(row, pitch, 0, g, 1, rows, columns, lanes[1]);
    assertThat(lanes[1]).isEqualTo(lanes[0]);
  }

  private static Convolution convolution(int in, int out, int kernel, int stride) {
    return new Convolution("c", in, out, kernel, stride, kernel / 2, true, false);
  }

  private static FloatTensor tensor(long seed, int... shape) {
    int size = shape[0] * shape[1] * shape[2] * shape[3];
    return FloatTensor.of(DirectionalDerivative.normal(size, 1, seed), shape);
  }
}
