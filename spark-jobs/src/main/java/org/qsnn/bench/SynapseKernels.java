package org.qsnn.bench;

import java.util.List;
import org.qsnn.bench.Roofline.Pass;
import org.qsnn.binary.BinaryConvolution;
import org.qsnn.binary.ConvolutionPlan;
import org.qsnn.layer.BatchNormalization;
import org.qsnn.layer.DenseSynapses;
import org.qsnn.layer.Synapses;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * The kernels of one convolution of a network.
 *
 * @param images of its input
 * @param repeats how many timesteps share each of them
 * @param rate at which the neurons fire that it reads
 */
record SynapseKernels(
    NetworkSpec network,
    Layer layer,
    Convolved branch,
    QuantizedTensor weights,
    int images,
    int repeats,
    double rate,
    int gradientBits) {

  List<KernelTime> measure() {
    try (Workspace workspace = new Workspace()) {
      Convolution c = convolution();
      int size = layer.size() * c.stride();
      int outputSize = layer.size();
      Activation x = input(workspace, images, c.inChannels(), size, size);
      FloatTensor y = workspace.take(images, c.outChannels(), outputSize, outputSize);
      FloatTensor dx = workspace.take(x.shape());
      FloatTensor dy = RandomActivations.fillWithCurrents(workspace.take(y.shape()));
      float[] dw = new float[weights.elements()];
      Synapses synapses = synapses();
      return List.of(
          time(Pass.FORWARD, () -> synapses.forward(x, y, null, workspace)),
          statistics(y),
          time(Pass.BACKWARD, () -> synapses.backward(x, List.of(dy), dx, dw, 0, workspace)));
    }
  }

  /** As the network chooses it: binary for spikes, dense for the input and for float weights. */
  private Synapses synapses() {
    if (isDense()) {
      return new DenseSynapses(convolution(), weights.dequantize());
    }
    return new BinaryConvolution(
        new ConvolutionPlan(
            convolution(), source().countsPerUnit(), source().outputSize(), gradientBits),
        weights);
  }

  private boolean isDense() {
    return !weights.isBinary() || branch.source() == NetworkSpec.INPUT;
  }

  private Activation input(Workspace workspace, int... shape) {
    return branch.source() == NetworkSpec.INPUT
        ? RandomActivations.fillWithCurrents(workspace.take(shape))
        : RandomActivations.spikes(source().countsPerUnit(), rate, shape);
  }

  private Layer source() {
    return network.layers().get(branch.source());
  }

  private Convolution convolution() {
    return branch.convolution();
  }

  private KernelTime time(Pass pass, Runnable work) {
    double multiplyAdds =
        (double) weights.elements() * layer.size() * layer.size() * images * pass.products();
    return new KernelTime.Synaptic(
        convolution().name(),
        (isDense() ? "dense " : "binary ") + pass.key(),
        Stopwatch.briefly(work),
        2 * multiplyAdds,
        Roofline.seconds(pass, convolution(), layer.size(), images));
  }

  private KernelTime statistics(FloatTensor y) {
    double seconds = Stopwatch.briefly(() -> BatchNormalization.statistics(y, repeats));
    return new KernelTime.Elementwise(convolution().name(), "statistics", seconds, y.size());
  }
}
