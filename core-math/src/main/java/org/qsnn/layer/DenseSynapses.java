package org.qsnn.layer;

import java.util.List;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.PairwiseSum;
import org.qsnn.tensor.Workspace;

/**
 * Weights of any value, through ND4J, or of frames with one or two channels as {@link
 * DirectConvolution} has it.
 *
 * @param weights {@code [out, in, k, k]}; on the heap, where tasks share them, and copied to a
 *     task's own memory for the pass that reads them
 */
public record DenseSynapses(Convolution spec, float[] weights) implements Synapses {
  @Override
  public void forward(Activation x, FloatTensor y, BatchMoments moments, Workspace workspace) {
    if (DirectConvolution.suits(spec)) {
      new DirectConvolution(spec, x.dimension(2)).forward(x, weights, y, moments, workspace);
      return;
    }
    int shards = moments == null ? 1 : y.dimension(0) / moments.ofShard();
    FloatTensor w = weights(workspace);
    if (shards == 1) {
      forward(x, w, y, workspace);
    } else {
      FloatTensor own = workspace.take(y.ofShard(0, shards).shape());
      for (int s = 0; s < shards; s++) {
        forward(x.ofShard(s, shards), w, own, workspace);
        copy(own, y.ofShard(s, shards));
      }
      workspace.give(own);
    }
    workspace.give(w);
    if (moments != null) {
      moments.add(y);
    }
  }

  private void forward(Activation x, FloatTensor w, FloatTensor y, Workspace workspace) {
    FloatTensor floats = floats(x, x.shape(), workspace);
    Convolution2d.forward(spec, floats, w, y);
    giveBack(floats, x, workspace);
  }

  @Override
  public void backward(
      Activation x,
      List<? extends FloatSource> dy,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace) {
    int shards = dy.size();
    if (shards == 1) {
      backward(x, dy.get(0), dx, dw, at, workspace);
      return;
    }
    int length = spec.outChannels() * spec.inChannels() * spec.kernel() * spec.kernel();
    PairwiseSum sum = new PairwiseSum(shards, length);
    FloatTensor own = dx == null ? null : workspace.take(dx.ofShard(0, shards).shape());
    for (int s = 0; s < shards; s++) {
      backward(x.ofShard(s, shards), dy.get(s), own, sum.next(), 0, workspace);
      sum.add();
      if (dx != null) {
        copy(own, dx.ofShard(s, shards));
      }
    }
    System.arraycopy(sum.total(), 0, dw, at, length);
    if (dx != null) {
      workspace.give(own);
    }
  }

  private void backward(
      Activation x, FloatSource dy, FloatTensor dx, float[] dw, int at, Workspace workspace) {
    if (dx == null && DirectConvolution.suits(spec)) {
      new DirectConvolution(spec, x.dimension(2)).weightGradient(x, dy, dw, at, workspace);
      return;
    }
    FloatTensor inputGradient = dx == null ? workspace.take(x.shape()) : dx;
    FloatTensor floats = floats(x, x.shape(), workspace);
    int[] outputShape = NormalizedConvolution.outputShape(spec, x);
    FloatTensor outputGradient = floats(dy, outputShape, workspace);
    FloatTensor w = weights(workspace);
    FloatTensor gradient = workspace.take(spec.weightShape());
    Convolution2d.backward(spec, floats, w, outputGradient, inputGradient, gradient);
    gradient.read(0, dw, at, gradient.size());
    workspace.give(gradient);
    workspace.give(w);
    giveBack(outputGradient, dy, workspace);
    giveBack(floats, x, workspace);
    giveBack(inputGradient, dx, workspace);
  }

  private FloatTensor weights(Workspace workspace) {
    FloatTensor floats = workspace.take(spec.weightShape());
    floats.write(weights);
    return floats;
  }

  /** A copy of a shard's part: ND4J sees what it would see if the shard were alone. */
  private static FloatTensor floats(FloatSource x, int[] shape, Workspace workspace) {
    if (x instanceof FloatTensor floats && !floats.isPart()) {
      return floats;
    }
    FloatTensor floats = workspace.take(shape);
    copy(x, floats);
    return floats;
  }

  private static void copy(FloatSource x, FloatTensor to) {
    float[] image = new float[to.size() / to.dimension(0)];
    for (int i = 0; i < to.size(); i += image.length) {
      x.read(i, image, 0, image.length);
      to.write(i, image, 0, image.length);
    }
  }

  private static void giveBack(FloatTensor floats, FloatSource x, Workspace workspace) {
    if (floats != x) {
      workspace.give(floats);
    }
  }
}
