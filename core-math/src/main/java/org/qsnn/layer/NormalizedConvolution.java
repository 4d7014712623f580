package org.qsnn.layer;

import org.qsnn.layer.BatchNormalization.Affine;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.neuron.Current;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * One convolution and its batch normalization, as a layer's input current. The convolution's bias
 * is left out: batch normalization takes it away again.
 */
public final class NormalizedConvolution {
  private NormalizedConvolution() {}

  /** What a forward pass in training leaves for the backward pass, which gives y back. */
  record Pass(
      Convolved branch,
      BranchWeights weights,
      Activation x,
      FloatTensor y,
      int repeats,
      Statistics statistics,
      Affine affine) {
    Current current(int timesteps) {
      int pitch = timePitch(y, repeats, timesteps);
      return new Current(y, pitch, affine.scale(), affine.offset(), statistics.means());
    }
  }

  /**
   * @param repeats how many timesteps share each image of x
   */
  static Pass forward(
      Convolved branch, Activation x, BranchWeights weights, int repeats, Workspace workspace) {
    Convolution spec = branch.convolution();
    FloatTensor y = workspace.take(outputShape(spec, x));
    BatchMoments moments = new BatchMoments(y.dimension(1), y.dimension(2) * y.dimension(3));
    weights.synapses().forward(x, y, moments, workspace);
    Statistics statistics = moments.statistics(repeats);
    Affine affine =
        BatchNormalization.fold(
            statistics.mean(), statistics.variance(), weights.scale(), weights.offset());
    return new Pass(branch, weights, x, y, repeats, statistics, affine);
  }

  static int[] outputShape(Convolution spec, Activation x) {
    int size = (x.dimension(2) + 2 * spec.padding() - spec.kernel()) / spec.stride() + 1;
    return new int[] {x.dimension(0), spec.outChannels(), size, size};
  }

  /** Elements between timesteps of y: 0 where all of them share its images. */
  static int timePitch(FloatTensor y, int repeats, int timesteps) {
    return repeats > 1 ? 0 : y.size() / timesteps;
  }

  /**
   * Writes the gradients of the convolution's own parameters into their windows.
   *
   * @param dx gradient of the layer's input current
   * @return the gradient of what the convolution read, scratch; null for the network's input
   */
  static FloatTensor backward(
      Pass pass,
      FloatTensor dx,
      double[] gradientSum,
      double[] centeredSum,
      Parameters gradient,
      Workspace workspace) {
    Convolution spec = pass.branch().convolution();
    FloatSource dy =
        new NormalizedGradient(
            pass.statistics(), pass.weights().scale(), dx, pass.y(), gradientSum, centeredSum);
    boolean isInput = pass.branch().source() == NetworkSpec.INPUT;
    FloatTensor x = isInput ? null : workspace.take(pass.x().shape());
    int at = gradient.layout().window(NetworkLayout.weight(spec)).offset();
    pass.weights().synapses().backward(pass.x(), dy, x, gradient.values(), at, workspace);
    workspace.give(pass.y());
    int weight = gradient.layout().window(NetworkLayout.normWeight(spec)).offset();
    int bias = gradient.layout().window(NetworkLayout.normBias(spec)).offset();
    for (int c = 0; c < gradientSum.length; c++) {
      gradient.values()[weight + c] =
          BatchNormalization.weightGradient(pass.statistics(), centeredSum, c);
      gradient.values()[bias + c] = (float) gradientSum[c];
    }
    return x;
  }
}
