package org.qsnn.layer;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.layer.BatchNormalization.Affine;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.neuron.ChannelSums;
import org.qsnn.neuron.Current;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.PairwiseSum;
import org.qsnn.tensor.Workspace;

/**
 * One convolution and its batch normalization, as a layer's input current. The convolution's bias
 * is left out: batch normalization takes it away again.
 */
public final class NormalizedConvolution {
  private NormalizedConvolution() {}

  /**
   * What a forward pass in training leaves for the backward pass, which gives y back.
   *
   * @param x of all shards, one after the other; so is y
   * @param statistics of each shard
   */
  record Pass(
      Convolved branch,
      BranchWeights weights,
      Activation x,
      FloatTensor y,
      int repeats,
      List<Statistics> statistics) {
    Current current(int shard, int timesteps) {
      Statistics own = statistics.get(shard);
      FloatTensor ofShard = y(shard);
      Affine affine =
          BatchNormalization.fold(own.mean(), own.variance(), weights.scale(), weights.offset());
      int pitch = timePitch(ofShard, repeats, timesteps);
      return new Current(ofShard, pitch, affine.scale(), affine.offset(), own.means());
    }

    FloatTensor y(int shard) {
      return y.ofShard(shard, statistics.size());
    }
  }

  /**
   * @param shards of which x is made up
   * @param repeats how many timesteps share each image of x
   */
  static Pass forward(
      Convolved branch,
      Activation x,
      BranchWeights weights,
      int shards,
      int repeats,
      Workspace workspace) {
    Convolution spec = branch.convolution();
    FloatTensor y = workspace.take(outputShape(spec, x));
    int plane = y.dimension(2) * y.dimension(3);
    BatchMoments moments = new BatchMoments(y.dimension(1), plane, y.dimension(0) / shards);
    weights.synapses().forward(x, y, moments, workspace);
    return new Pass(branch, weights, x, y, repeats, moments.statistics(repeats));
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
   * Writes the gradients of the convolution's own parameters, summed over the shards, into their
   * windows.
   *
   * @param dx gradient of the layer's input current
   * @param sums of each shard
   * @param branch which of the layer's
   * @return the gradient of what the convolution read, scratch; null for the network's input
   */
  static FloatTensor backward(
      Pass pass,
      FloatTensor dx,
      List<ChannelSums> sums,
      int branch,
      Parameters gradient,
      Workspace workspace) {
    Convolution spec = pass.branch().convolution();
    int shards = sums.size();
    int channels = spec.outChannels();
    List<FloatSource> dy = new ArrayList<>();
    PairwiseSum ofNorm = new PairwiseSum(shards, 2 * channels);
    for (int s = 0; s < shards; s++) {
      Statistics statistics = pass.statistics().get(s);
      double[] gradientSum = sums.get(s).gradient();
      double[] centeredSum = sums.get(s).centered(branch);
      dy.add(
          new NormalizedGradient(
              statistics,
              pass.weights().scale(),
              dx.ofShard(s, shards),
              pass.y(s),
              gradientSum,
              centeredSum));
      for (int c = 0; c < channels; c++) {
        ofNorm.next()[c] = BatchNormalization.weightGradient(statistics, centeredSum, c);
        ofNorm.next()[channels + c] = (float) gradientSum[c];
      }
      ofNorm.add();
    }
    boolean isInput = pass.branch().source() == NetworkSpec.INPUT;
    FloatTensor x = isInput ? null : workspace.take(pass.x().shape());
    int at = gradient.layout().window(NetworkLayout.weight(spec)).offset();
    pass.weights().synapses().backward(pass.x(), dy, x, gradient.values(), at, workspace);
    workspace.give(pass.y());
    int weight = gradient.layout().window(NetworkLayout.normWeight(spec)).offset();
    int bias = gradient.layout().window(NetworkLayout.normBias(spec)).offset();
    float[] norm = ofNorm.total();
    System.arraycopy(norm, 0, gradient.values(), weight, channels);
    System.arraycopy(norm, channels, gradient.values(), bias, channels);
    return x;
  }
}
