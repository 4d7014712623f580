package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.binary.BinaryConvolutionTest.Shape;
import org.qsnn.layer.DenseSynapses;
import org.qsnn.layer.Synapses;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;

/** Against ND4J's float convolution of the same weights. */
class PackedGradientsTest {
  private static final Workspace WORKSPACE = new Workspace();

  static Stream<Shape> allShapes() {
    return BinaryConvolutionTest.allShapes();
  }

  @AfterAll
  static void free() {
    WORKSPACE.close();
  }

  /** Small multiples of a power of two, some for each channel, are what integers stand for. */
  @ParameterizedTest
  @MethodSource("allShapes")
  void gradientsThatNeedNoRoundingAreThoseOfAFloatConvolution(Shape shape) {
    QuantizedTensor weights = BinaryConvolutionTest.weights(shape);
    RandomStream random = RandomStream.of(4);
    float[] dy = new float[shape.images() * shape.out() * plane(shape)];
    for (int i = 0; i < dy.length; i++) {
      int channel = i / plane(shape) % shape.out();
      boolean isSilent = random.nextDouble() * shape.out() * shape.kernel() * shape.kernel() > 40;
      dy[i] = isSilent ? 0 : (random.nextInt(5) - 2) * 0.25f / weights.scale(channel);
    }
    Gradients expected = gradients(dense(shape, weights), shape, dy);
    Gradients found = gradients(packed(shape, weights), shape, dy);
    assertThat(found.x()).isEqualTo(expected.x());
    assertThat(found.w()).isEqualTo(expected.w());
  }

  @ParameterizedTest
  @MethodSource("allShapes")
  void gradientsAreThoseOfAFloatConvolutionButForRounding(Shape shape) {
    QuantizedTensor weights = BinaryConvolutionTest.weights(shape);
    float[] dy = normal(shape);
    Gradients expected = gradients(dense(shape, weights), shape, dy);
    Gradients found = gradients(packed(shape, weights), shape, dy);
    assertThat(cosine(found.x(), expected.x())).isGreaterThan(0.99);
    assertThat(cosine(found.w(), expected.w())).isGreaterThan(0.97);
  }

  @Test
  void theMeanOfManyRoundingsIsTheGradient() {
    Shape shape = new Shape(3, 16, 24, 8, 3, 1, 1, 0.3);
    QuantizedTensor weights = BinaryConvolutionTest.weights(shape);
    float[] dy = normal(shape);
    Gradients expected = gradients(dense(shape, weights), shape, dy);
    int repeats = 400;
    double[] x = new double[expected.x().length];
    double[] w = new double[expected.w().length];
    Gradients once = gradients(packed(shape, weights), shape, dy);
    for (int i = 0; i < repeats; i++) {
      WORKSPACE.drawFrom(RandomStream.of(i));
      Gradients found = gradients(packed(shape, weights), shape, dy);
      addTo(x, found.x(), repeats);
      addTo(w, found.w(), repeats);
    }
    double xDistance = distance(doubles(once.x()), expected.x());
    double wDistance = distance(doubles(once.w()), expected.w());
    assertThat(xDistance).isGreaterThan(1e-3);
    assertThat(distance(x, expected.x())).isLessThan(xDistance / 15);
    assertThat(distance(w, expected.w())).isLessThan(wDistance / 15);
  }

  /** Were they not made smaller, sums of so many that agree would leave 16 bits. */
  @Test
  void sumsOfGradientsThatAllAgreeDoNotOverflow() {
    Shape shape = new Shape(5, 70, 256, 9, 3, 1, 4, 1);
    byte[] bits = new byte[(70 * 256 * 9 + 7) / 8];
    Arrays.fill(bits, (byte) 0xff);
    QuantizedTensor weights =
        QuantizedTensor.binary("c", shape.convolution().weightShape(), bits, new byte[256]);
    float[] dy = new float[shape.images() * shape.out() * plane(shape)];
    Arrays.fill(dy, 1e-9f);
    Gradients expected = gradients(dense(shape, weights), shape, dy);
    Gradients found = gradients(packed(shape, weights), shape, dy);
    assertThat(distance(doubles(found.x()), expected.x())).isLessThan(0.02);
    assertThat(distance(doubles(found.w()), expected.w())).isLessThan(0.02);
  }

  @Test
  void oneLargeGradientLeavesTheOthersTheirMean() {
    Shape shape = new Shape(1, 8, 20, 16, 3, 1, 1, 0.5);
    QuantizedTensor weights = BinaryConvolutionTest.weights(shape);
    float[] dy = normal(shape);
    dy[100] = 1e4f;
    Gradients expected = gradients(dense(shape, weights), shape, dy);
    Gradients found = gradients(packed(shape, weights), shape, dy);
    assertThat(distance(doubles(found.x()), expected.x())).isLessThan(0.02);
  }

  @Test
  void whatIsNotFiniteStaysSo() {
    Shape shape = new Shape(2, 8, 20, 8, 3, 1, 1, 0.5);
    QuantizedTensor weights = BinaryConvolutionTest.weights(shape);
    for (float strange : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] dy = normal(shape);
      dy[7] = strange;
      Gradients found = gradients(packed(shape, weights), shape, dy);
      assertThat(found.x()).contains(Float.NaN);
      assertThat(found.w()).contains(Float.NaN);
    }
  }

  @Test
  void noGradientIsNone() {
    Shape shape = new Shape(2, 8, 20, 8, 3, 1, 1, 0.5);
    float[] dy = new float[shape.images() * shape.out() * plane(shape)];
    Gradients found = gradients(packed(shape, BinaryConvolutionTest.weights(shape)), shape, dy);
    assertThat(found.x()).containsOnly(0);
    assertThat(found.w()).containsOnly(0);
  }

  @Test
  void theSameRandomNumbersGiveTheSameBits() {
    Shape shape = new Shape(11, 64, 33, 12, 3, 1, 1, 0.2);
    Synapses synapses = packed(shape, BinaryConvolutionTest.weights(shape));
    float[] dy = normal(shape);
    WORKSPACE.drawFrom(RandomStream.of(1));
    Gradients first = gradients(synapses, shape, dy);
    Gradients other = gradients(synapses, shape, dy);
    WORKSPACE.drawFrom(RandomStream.of(1));
    Gradients again = gradients(synapses, shape, dy);
    assertThat(again.x()).isEqualTo(first.x()).isNotEqualTo(other.x());
    assertThat(again.w()).isEqualTo(first.w()).isNotEqualTo(other.w());
  }

  /** So many terms would leave nothing of 16 bits. */
  @Test
  void sumsOfTooManyTermsStayFloats() {
    Shape shape = new Shape(1, 1, 2000, 2, 3, 1, 1, 1);
    QuantizedTensor weights = BinaryConvolutionTest.weights(shape);
    float[] dy = normal(shape);
    assertThat(gradients(packed(shape, weights), shape, dy).x())
        .isEqualTo(gradients(binary(shape, weights, BackwardPass.FLOATS), shape, dy).x());
  }

  private static int plane(Shape shape) {
    return shape.outputSize() * shape.outputSize();
  }

  private static float[] normal(Shape shape) {
    RandomStream random = RandomStream.of(4);
    float[] dy = new float[shape.images() * shape.out() * plane(shape)];
    for (int i = 0; i < dy.length; i++) {
      dy[i] = (float) (1e-3 * random.nextGaussian());
    }
    return dy;
  }

  private static Synapses packed(Shape shape, QuantizedTensor weights) {
    return binary(shape, weights, BackwardPass.INTEGERS);
  }

  private static Synapses binary(Shape shape, QuantizedTensor weights, int gradientBits) {
    return new BinaryConvolution(
        new ConvolutionPlan(shape.convolution(), shape.counts(), shape.size(), gradientBits),
        weights);
  }

  private static Synapses dense(Shape shape, QuantizedTensor weights) {
    return new DenseSynapses(shape.convolution(), weights.dequantize());
  }

  private record Gradients(float[] x, float[] w) {}

  private static Gradients gradients(Synapses synapses, Shape shape, float[] dy) {
    FloatTensor floats = BinaryConvolutionTest.floats(shape);
    Activation x = shape.counts() == 1 ? BitTensor.of(floats.toArray(), floats.shape()) : floats;
    FloatTensor dx = FloatTensor.allocate(x.shape());
    int[] w = shape.convolution().weightShape();
    float[] dw = new float[w[0] * w[1] * w[2] * w[3]];
    int side = shape.outputSize();
    FloatTensor gradient = FloatTensor.of(dy, shape.images(), shape.out(), side, side);
    synapses.backward(x, List.of(gradient), dx, dw, 0, WORKSPACE);
    return new Gradients(dx.toArray(), dw);
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    addTo(y, x, 1);
    return y;
  }

  private static void addTo(double[] sum, float[] x, int parts) {
    for (int i = 0; i < x.length; i++) {
      sum[i] += (double) x[i] / parts;
    }
  }

  private static double distance(double[] found, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(found[i] - expected[i], 2);
      norm += (double) expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** 1 where both are zeros. */
  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      first += (double) a[i] * a[i];
      second += (double) b[i] * b[i];
    }
    return first + second == 0 ? 1 : product / Math.sqrt(first * second);
  }
}
