package org.qsnn.layer;

import java.util.List;
import java.util.Optional;
import org.qsnn.neuron.BlockCurrent;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * A convolution without bias, with the effective weights of one step or model. Tasks may share one,
 * each with a workspace of its own.
 */
public interface Synapses {
  /**
   * What is to be done once for all tasks that share the weights. Tasks may divide it among each
   * other; a pass does for itself what nobody has begun, and waits for what somebody has.
   */
  default List<Runnable> sharedWork() {
    return List.of();
  }

  /**
   * y = x ∗ w.
   *
   * @param x {@code [N, in, H, W]}
   * @param y {@code [N, out, H', W']}, overwritten
   * @param moments of y's channels, to which y is added; null where nobody asks. What is not summed
   *     exactly is computed shard by shard, as they have them
   */
  void forward(Activation x, FloatTensor y, BatchMoments moments, Workspace workspace);

  /**
   * The same for blocks of neurons, where spikes are counted; empty where they are not.
   *
   * @param x {@code [T·B, in, H, W]}
   * @param branch of a layer, 0 or 1: those of one layer are computed side by side
   */
  default Optional<BlockCurrent> blocks(
      Activation x, BlockGrid grid, int batch, int branch, Workspace workspace) {
    return Optional.empty();
  }

  /**
   * The gradients with respect to x and to the weights.
   *
   * @param dy of each shard, which follow each other in x and have as many images; read once and by
   *     whole images
   * @param dx shape of x, overwritten; null where nobody asks, which only dense synapses allow
   * @param dw {@code [out, in, k, k]} from {@code at} on, overwritten with the {@link
   *     org.qsnn.tensor.PairwiseSum} of what each shard alone comes to
   */
  void backward(
      Activation x,
      List<? extends FloatSource> dy,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace);
}
