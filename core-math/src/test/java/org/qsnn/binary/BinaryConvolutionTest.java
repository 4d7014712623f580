package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.layer.BatchMoments;
import org.qsnn.layer.BatchNormalization;
import org.qsnn.layer.DenseSynapses;
import org.qsnn.layer.Synapses;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.neuron.BlockCurrent;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.KernelVectors;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;

/** Against ND4J's float convolution of the same weights. */
class BinaryConvolutionTest {
  private static final int RANDOM = 30;

  /** One for all shapes: what one leaves behind must not change another's bits. */
  private static final Workspace WORKSPACE = new Workspace();

  /**
   * @param counts steps of the input between 0 and 1
   * @param rate share of inputs that are not zero
   */
  record Shape(
      int images, int in, int out, int size, int kernel, int stride, int counts, double rate) {
    Convolution convolution() {
      return new Convolution("c", in, out, kernel, stride, kernel / 2, false, false);
    }

    int outputSize() {
      return (size + stride - 1) / stride;
    }

    /**
     * How far gradients may be apart: one meets a count as often as it says, and rounds each time.
     */
    double rounding() {
      return Math.max(2e-6, 1e-6 * counts);
    }

    static Shape drawn(RandomStream random) {
      return new Shape(
          1 + random.nextInt(40),
          1 + random.nextInt(96),
          1 + random.nextInt(80),
          1 + random.nextInt(40),
          1 + 2 * random.nextInt(4),
          1 + random.nextInt(3),
          1 << (2 * random.nextInt(3)),
          random.nextDouble());
    }

    /** What fits sums of 16 bits, and is computed in some ten milliseconds. */
    boolean isSmall() {
      long inputs = (long) in * kernel * kernel;
      long multiplications = inputs * out * images * outputSize() * outputSize();
      return inputs * counts <= Short.MAX_VALUE && multiplications < 10_000_000;
    }
  }

  static Stream<Shape> shapes() {
    return Stream.of(
        new Shape(2, 16, 16, 32, 3, 1, 1, 0.2),
        new Shape(5, 32, 64, 16, 3, 1, 1, 0.2),
        new Shape(30, 64, 32, 8, 3, 1, 1, 0.2),
        new Shape(2, 128, 96, 8, 3, 1, 1, 0.3),
        new Shape(1, 16, 32, 48, 3, 1, 4, 0.3),
        new Shape(9, 20, 33, 6, 3, 1, 4, 0.5),
        new Shape(3, 16, 32, 32, 3, 2, 1, 0.2),
        new Shape(7, 64, 40, 7, 3, 2, 1, 0.2),
        new Shape(3, 16, 32, 32, 1, 2, 1, 0.2),
        new Shape(4, 3, 5, 9, 1, 1, 1, 0.5),
        new Shape(3, 6, 18, 12, 5, 1, 1, 0.2),
        new Shape(3, 6, 18, 13, 5, 2, 1, 0.2),
        new Shape(2, 5, 7, 9, 3, 3, 4, 0.4),
        new Shape(300, 1, 1, 2, 3, 1, 1, 0.5),
        new Shape(1, 1, 1, 1, 3, 1, 1, 1),
        new Shape(2, 16, 16, 8, 3, 1, 1, 0),
        new Shape(2, 256, 32, 8, 3, 1, 4, 1),
        new Shape(2, 12, 9, 6, 3, 1, 16, 0.3),
        new Shape(2, 64, 8, 32, 3, 1, 1, 0.2),
        new Shape(5, 66, 21, 16, 3, 1, 1, 0.2),
        new Shape(1, 64, 5, 48, 3, 1, 4, 0.2),
        new Shape(3, 64, 17, 24, 3, 1, 1, 0.2),
        new Shape(11, 64, 33, 12, 3, 1, 1, 0.2),
        new Shape(3, 65, 19, 6, 3, 1, 4, 0.2),
        new Shape(4, 64, 1, 7, 3, 1, 1, 0.2),
        new Shape(3, 70, 3, 1, 3, 1, 1, 0.5),
        new Shape(1, 64, 16, 41, 3, 1, 1, 0.2),
        new Shape(1, 7, 32, 48, 3, 1, 1, 0.3),
        new Shape(1, 5, 33, 70, 3, 1, 1, 1),
        new Shape(37, 29, 64, 5, 3, 1, 1, 1),
        new Shape(5, 30, 34, 24, 3, 1, 1, 0.3),
        new Shape(130, 2, 32, 1, 3, 1, 1, 1),
        new Shape(3, 31, 260, 8, 3, 1, 1, 0.3));
  }

  /** The shapes above, and others that nobody chose. */
  static Stream<Shape> allShapes() {
    RandomStream random = RandomStream.of(17);
    return Stream.concat(
        shapes(), Stream.generate(() -> Shape.drawn(random)).filter(Shape::isSmall).limit(RANDOM));
  }

  @ParameterizedTest
  @MethodSource("allShapes")
  void forwardEqualsAFloatConvolutionToTheLastBit(Shape shape) {
    float[] expected = forward(dense(shape, weights(shape)), shape);
    float[] found = forward(binary(shape, weights(shape)), shape);
    assertThat(found).isEqualTo(expected);
  }

  /** Of which the input has the images of as many timesteps as divide them. */
  @ParameterizedTest
  @MethodSource("allShapes")
  void blocksOfNeuronsHaveTheBitsOfWholeImages(Shape shape) {
    Synapses synapses = binary(shape, weights(shape));
    int timesteps = shape.images() % 3 == 0 ? 3 : shape.images() % 2 == 0 ? 2 : 1;
    int batch = shape.images() / timesteps;
    BlockGrid grid = new BlockGrid(shape.outputSize() * shape.outputSize(), batch);
    Optional<BlockCurrent> current =
        synapses.blocks(input(shape), grid, batch, shape.images() % 2, WORKSPACE);
    assertThat(current.isPresent()).isEqualTo(shape.counts() == 1);
    if (current.isPresent()) {
      assertThat(blocks(current.get(), grid, timesteps, batch, shape.out()))
          .isEqualTo(forward(synapses, shape));
    }
  }

  /** The currents of all blocks, as images. */
  private static float[] blocks(
      BlockCurrent current, BlockGrid grid, int timesteps, int batch, int channels) {
    float[] y = new float[timesteps * batch * channels * grid.plane()];
    for (int first = 0; first < batch; first += grid.samples()) {
      int samples = Math.min(grid.samples(), batch - first);
      current.begin(first, samples);
      for (int block = 0; block < grid.blocks(samples); block++) {
        for (int t = 0; t < timesteps; t++) {
          current.prepare(t, block);
          for (int c = 0; c < channels; c++) {
            float[] u = new float[3 + BlockGrid.neurons()];
            Arrays.fill(u, -0f);
            current.addTo(u, 3, c, 1f);
            for (int i = 0; i < BlockGrid.neurons(); i++) {
              int word = block * BlockGrid.lanes() + i % BlockGrid.lanes();
              int bit = word % grid.planeWords() * Integer.SIZE + i / BlockGrid.lanes();
              int sample = word / grid.planeWords();
              if (sample < samples && bit < grid.plane()) {
                int plane = (t * batch + first + sample) * channels + c;
                y[plane * grid.plane() + bit] = u[3 + i];
              }
            }
          }
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("allShapes")
  void gradientsAgreeWithAFloatConvolution(Shape shape) {
    Gradients expected = gradients(dense(shape, weights(shape)), shape);
    Gradients found = gradients(binary(shape, weights(shape)), shape);
    assertThat(distance(found.x(), expected.x())).isLessThan(shape.rounding());
    assertThat(distance(found.w(), expected.w())).isLessThan(shape.rounding());
  }

  @ParameterizedTest
  @MethodSource("allShapes")
  void spikesAsFloatsGiveTheBitsOfSpikesAsBits(Shape shape) {
    Synapses synapses = binary(shape, weights(shape));
    FloatTensor floats = floats(shape);
    assertThat(forward(synapses, floats, shape)).isEqualTo(forward(synapses, shape));
    Gradients expected = gradients(synapses, shape);
    Gradients found = gradients(synapses, floats, shape);
    assertThat(found.x()).isEqualTo(expected.x());
    assertThat(found.w()).isEqualTo(expected.w());
  }

  @ParameterizedTest
  @MethodSource("allShapes")
  void floatScalesAgreeWithAFloatConvolution(Shape shape) {
    float[] scales = new float[shape.out()];
    RandomStream random = RandomStream.of(9);
    for (int c = 0; c < scales.length; c++) {
      scales[c] = (float) (0.01 + random.nextDouble());
    }
    QuantizedTensor weights =
        QuantizedTensor.binary("c", shape.convolution().weightShape(), bits(shape), scales);
    assertThat(
            distance(forward(binary(shape, weights), shape), forward(dense(shape, weights), shape)))
        .isLessThan(2e-6);
    Gradients expected = gradients(dense(shape, weights), shape);
    Gradients found = gradients(binary(shape, weights), shape);
    assertThat(distance(found.x(), expected.x())).isLessThan(shape.rounding());
    assertThat(distance(found.w(), expected.w())).isLessThan(shape.rounding());
  }

  @AfterAll
  static void free() {
    WORKSPACE.close();
  }

  /** Else a loop that reads beyond an array would pass unseen here, and crash users' processes. */
  @Test
  void vectorsThatReachBeyondAnArrayAreRefusedInTheseTests() {
    float[] array = new float[KernelVectors.LANES];
    assertThatThrownBy(() -> FloatVector.fromArray(KernelVectors.FLOATS, array, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesSumsThatCouldOverflow() {
    Shape shape = new Shape(1, 1000, 1, 4, 3, 1, 4, 0.5);
    assertThatThrownBy(() -> binary(shape, weights(shape)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("36000 spikes");
  }

  @Test
  void refusesCountsThatDoNotFitAByte() {
    Shape shape = new Shape(1, 1, 1, 4, 3, 1, 64, 0.5);
    assertThatThrownBy(() -> binary(shape, weights(shape)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("c: expected inputs of at most 63 spikes, found 64");
  }

  static QuantizedTensor weights(Shape shape) {
    byte[] exponents = new byte[shape.out()];
    for (int c = 0; c < exponents.length; c++) {
      exponents[c] = (byte) (c % 5 - 4);
    }
    return QuantizedTensor.binary("c", shape.convolution().weightShape(), bits(shape), exponents);
  }

  private static byte[] bits(Shape shape) {
    int count = Arrays.stream(shape.convolution().weightShape()).reduce(1, (a, b) -> a * b);
    byte[] bits = new byte[(count + 7) / 8];
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() < 0.5) {
        bits[i / 8] |= (byte) (1 << i % 8);
      }
    }
    return bits;
  }

  private static Synapses binary(Shape shape, QuantizedTensor weights) {
    return new BinaryConvolution(
        new ConvolutionPlan(shape.convolution(), shape.counts(), shape.size(), BackwardPass.FLOATS),
        weights);
  }

  private static Synapses dense(Shape shape, QuantizedTensor weights) {
    return new DenseSynapses(shape.convolution(), weights.dequantize());
  }

  /** Bits where they suffice. */
  private static Activation input(Shape shape) {
    FloatTensor floats = floats(shape);
    return shape.counts() == 1 ? BitTensor.of(floats.toArray(), floats.shape()) : floats;
  }

  static FloatTensor floats(Shape shape) {
    float[] x = new float[shape.images() * shape.in() * shape.size() * shape.size()];
    RandomStream random = RandomStream.of(2);
    for (int i = 0; i < x.length; i++) {
      if (random.nextDouble() < shape.rate()) {
        x[i] = (1 + (int) (random.nextDouble() * shape.counts())) / (float) shape.counts();
      }
    }
    return FloatTensor.of(x, shape.images(), shape.in(), shape.size(), shape.size());
  }

  private static FloatTensor output(Shape shape) {
    int side = shape.outputSize();
    float[] y = new float[shape.images() * shape.out() * side * side];
    RandomStream random = RandomStream.of(4);
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.nextGaussian();
    }
    return FloatTensor.of(y, shape.images(), shape.out(), side, side);
  }

  private static float[] forward(Synapses synapses, Shape shape) {
    return forward(synapses, input(shape), shape);
  }

  private static float[] forward(Synapses synapses, Activation x, Shape shape) {
    FloatTensor y = output(shape);
    synapses.forward(x, y, null, WORKSPACE);
    BatchMoments moments =
        new BatchMoments(y.dimension(1), y.dimension(2) * y.dimension(3), y.dimension(0));
    synapses.forward(x, y, moments, WORKSPACE);
    assertThat(moments.statistics(1).get(0))
        .usingRecursiveComparison()
        .isEqualTo(BatchNormalization.statistics(y, 1));
    return y.toArray();
  }

  private record Gradients(float[] x, float[] w) {}

  private static Gradients gradients(Synapses synapses, Shape shape) {
    return gradients(synapses, input(shape), shape);
  }

  private static Gradients gradients(Synapses synapses, Activation x, Shape shape) {
    FloatTensor dx = FloatTensor.allocate(x.shape());
    int[] w = shape.convolution().weightShape();
    int at = 3;
    float[] dw = new float[at + w[0] * w[1] * w[2] * w[3]];
    synapses.backward(x, List.of(output(shape)), dx, dw, at, WORKSPACE);
    synapses.backward(x, List.of(output(shape)), dx, dw, at, WORKSPACE);
    assertThat(Arrays.copyOf(dw, at)).containsOnly(0);
    return new Gradients(dx.toArray(), Arrays.copyOfRange(dw, at, dw.length));
  }

  private static double distance(float[] found, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += (double) expected[i] * expected[i];
    }
    return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
  }
}
