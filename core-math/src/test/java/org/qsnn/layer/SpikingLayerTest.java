package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.DataException;
import org.qsnn.binary.BinaryConvolution;
import org.qsnn.binary.ConvolutionPlan;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Identity;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.Pool;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class SpikingLayerTest {
  private static final int BATCH = 2;
  private static final float CONSTANT = 0.2f;

  private static final Convolved STEM = convolution(3, 4, 3, 1);
  private static final Convolved INNER = convolution(4, 4, 3, 1);
  private static final Convolved DOWN = convolution(3, 4, 1, 2);
  private static final Branch IDENTITY = new Identity(0);

  private static Convolved convolution(int in, int out, int kernel, int stride) {
    String name = "c" + kernel + stride;
    return new Convolved(
        0, new Convolution(name, in, out, kernel, stride, kernel / 2, false, false));
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(layer(4, Pool.NONE, STEM), 2, 8, false),
        Arguments.of(layer(4, Pool.NONE, STEM), 3, 4, true),
        Arguments.of(layer(4, Pool.NONE, STEM), 1, 8, true),
        Arguments.of(layer(3, Pool.NONE, INNER, IDENTITY), 2, 8, false),
        Arguments.of(layer(3, Pool.NONE, INNER, DOWN), 3, 2, false),
        Arguments.of(layer(4, new Pool.Average(2), INNER), 2, 32, false),
        Arguments.of(layer(4, new Pool.Average(2), STEM), 2, 8, true),
        Arguments.of(layer(2, new Pool.GlobalAverage(), INNER, IDENTITY), 4, 32, false));
  }

  /** Counts and rates of each timestep, and the rate of all. */
  private static void assertSpikesOverTime(SpikingPass pass, double[] spikes, int timesteps) {
    int step = spikes.length / timesteps;
    for (int t = 0; t < timesteps; t++) {
      double count = Arrays.stream(spikes, t * step, (t + 1) * step).sum();
      assertThat(pass.firingRates(0)[t]).isEqualTo(count / step);
    }
    assertThat(pass.firingRates(0)).hasSize(timesteps);
    assertThat(pass.firingRate(0))
        .isEqualTo(Arrays.stream(spikes).sum() / spikes.length)
        .isPositive();
  }

  private static Layer layer(int size, Pool pool, Branch... branches) {
    return new Layer("layer", 4, size, List.of(branches), pool);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void backwardIsTheDerivativeOfEverythingTheLayerReads(
      Layer spec, int timesteps, int bits, boolean isStatic) {
    List<float[]> point = SmoothLayer.randomPoint(spec, timesteps, BATCH, isStatic);
    SmoothLayer smooth = new SmoothLayer(spec, timesteps, BATCH, bits, point);
    try (Workspace workspace = new Workspace()) {
      SpikingPass pass = forward(spec, timesteps, bits, point, workspace);
      Activation output = pass.output();
      float[] expected =
          DoubleLayers.floats(
              DoubleLayers.pool(smooth.spikes(), spec.size(), spec.size() / spec.outputSize()));
      assertThat(output.toArray()).isEqualTo(expected);
      assertSpikesOverTime(pass, smooth.spikes(), timesteps);

      List<FloatTensor> gradients =
          List.of(scratch(output, 1, workspace), scratch(output, 2, workspace));
      float[] g = sum(gradients);
      Parameters parameters = parameters(spec);
      List<FloatTensor> read =
          pass.backward(gradients, new float[] {CONSTANT}, parameters, workspace);
      List<float[]> found = flat(spec, read, parameters);

      assertThat(found).hasSameSizeAs(point);
      for (int i = 0; i < point.size(); i++) {
        int index = i;
        DirectionalDerivative.check(
            p -> smooth.weighted(point, index, p, g, CONSTANT), point.get(i), found.get(i));
      }
    }
  }

  private static SpikingPass forward(
      Layer spec, int timesteps, int bits, List<float[]> point, Workspace workspace) {
    List<FloatTensor> inputs = new ArrayList<>();
    List<BranchWeights> weights = new ArrayList<>();
    int next = 0;
    for (Branch branch : spec.branches()) {
      Convolution c = SmoothLayer.convolution(branch);
      int size = SmoothLayer.inputSize(spec, branch);
      int channels = c == null ? spec.channels() : c.inChannels();
      float[] x = point.get(next++);
      inputs.add(FloatTensor.of(x, x.length / (channels * size * size), channels, size, size));
      if (c == null) {
        weights.add(null);
      } else {
        weights.add(
            new BranchWeights(
                new DenseSynapses(c, point.get(next)), point.get(next + 1), point.get(next + 2)));
        next += 3;
      }
    }
    return new SpikingLayer(spec, timesteps, bits, LifNeuron.PUBLISHED)
        .forward(inputs, weights, 1, BATCH, workspace);
  }

  private static FloatTensor scratch(Activation shape, long seed, Workspace workspace) {
    FloatTensor scratch = workspace.take(shape.shape());
    scratch.write(DirectionalDerivative.normal(shape.size(), 1, seed));
    return scratch;
  }

  private static float[] sum(List<FloatTensor> parts) {
    float[] sum = parts.get(0).toArray();
    float[] other = parts.get(1).toArray();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  private static Parameters parameters(Layer spec) {
    ParameterLayout.Builder layout = ParameterLayout.builder();
    for (Branch branch : spec.branches()) {
      Convolution c = SmoothLayer.convolution(branch);
      if (c != null) {
        layout.add(NetworkLayout.weight(c), c.weightShape());
        layout.add(NetworkLayout.normWeight(c), c.outChannels());
        layout.add(NetworkLayout.normBias(c), c.outChannels());
      }
    }
    return Parameters.zeros(layout.build());
  }

  /** In the order of the layer's point. */
  private static List<float[]> flat(Layer spec, List<FloatTensor> read, Parameters parameters) {
    List<float[]> gradients = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      gradients.add(read.get(i).toArray());
      Convolution c = SmoothLayer.convolution(spec.branches().get(i));
      if (c != null) {
        gradients.add(parameters.get(NetworkLayout.weight(c)));
        gradients.add(parameters.get(NetworkLayout.normWeight(c)));
        gradients.add(parameters.get(NetworkLayout.normBias(c)));
      }
    }
    return gradients;
  }

  @Test
  void inferenceWithTheBatchesOwnStatisticsAndScalesSpikesAsTrainingDoes() {
    for (int bits : new int[] {2, 4, 8, 32}) {
      Layer spec = layer(4, new Pool.Average(2), INNER);
      int timesteps = 3;
      List<float[]> point = SmoothLayer.randomPoint(spec, timesteps, BATCH, false);
      try (Workspace workspace = new Workspace()) {
        SpikingPass pass = forward(spec, timesteps, bits, point, workspace);
        float[] trained = pass.output().toArray();
        BatchNormalization.Affine affine =
            BatchNormalization.fold(
                pass.statistics(0, 0).mean(),
                pass.statistics(0, 0).variance(),
                point.get(2),
                point.get(3));
        SpikingLayer.Output inferred =
            new SpikingLayer(spec, timesteps, bits, LifNeuron.PUBLISHED)
                .infer(
                    List.of(FloatTensor.of(point.get(0), timesteps * BATCH, 4, 4, 4)),
                    List.of(
                        new BranchWeights(
                            new DenseSynapses(INNER.convolution(), point.get(1)),
                            affine.scale(),
                            affine.offset())),
                    bits == 32 ? new float[0] : pass.membraneScales(0),
                    BATCH,
                    workspace);
        assertThat(inferred.values().toArray()).as("%d bits", bits).isEqualTo(trained);
        int planes = pass.spikes().planes() / timesteps;
        for (int t = 0; t < timesteps; t++) {
          assertThat(inferred.spikes()[t]).isEqualTo(pass.spikes().count(t * planes, planes));
        }
      }
    }
  }

  @Test
  void inferenceSaysWhichLayerIsNotFinite() {
    assertSaysWhichLayerIsNotFinite(
        new DenseSynapses(STEM.convolution(), new float[4 * 3 * 9]),
        FloatTensor.of(new float[BATCH * 3 * 4 * 4], BATCH, 3, 4, 4));
  }

  @Test
  void inferenceInBlocksSaysWhichLayerIsNotFinite() {
    QuantizedTensor weights =
        QuantizedTensor.binary(
            "c", STEM.convolution().weightShape(), new byte[14], new byte[] {0, 0, 0, 0});
    ConvolutionPlan plan = new ConvolutionPlan(STEM.convolution(), 1, 8, BackwardPass.FLOATS);
    assertSaysWhichLayerIsNotFinite(
        new BinaryConvolution(plan, weights), new BitTensor(8, 3, 8, 8));
  }

  private static void assertSaysWhichLayerIsNotFinite(Synapses synapses, Activation x) {
    Layer spec = layer(x.dimension(2), Pool.NONE, STEM);
    float[] scale = {1, 1, Float.NaN, 1};
    BranchWeights weights = new BranchWeights(synapses, scale, new float[4]);
    try (Workspace workspace = new Workspace()) {
      assertThatThrownBy(
              () ->
                  new SpikingLayer(spec, 1, 8, LifNeuron.PUBLISHED)
                      .infer(List.of(x), List.of(weights), new float[0], x.dimension(0), workspace))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "layer: a membrane potential is not finite at timestep 0; the model or its input is"
                  + " corrupt");
    }
  }
}
