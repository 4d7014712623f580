package org.qsnn.layer;

import org.qsnn.model.Pool;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** A {@link Pool}, computed. */
interface Pooling {
  /**
   * What the layer's readers see.
   *
   * @param spikes {@code [N, C, H, W]}
   * @param name of the layer, after which the result's memory is called
   */
  Activation forward(BitTensor spikes, String name, Workspace workspace);

  /**
   * The gradient with respect to the spikes; scratch.
   *
   * @param gradient with respect to what the readers see; scratch that this call uses up
   * @param spikes as in the forward pass
   */
  FloatTensor backward(FloatTensor gradient, BitTensor spikes, Workspace workspace);

  /**
   * @param size height and width of the neurons
   */
  static Pooling of(Pool pool, int size) {
    if (pool instanceof Pool.Average average) {
      return average.extent() == 2 && size % 2 == 0
          ? new HalvingAveragePool()
          : new AveragePool(average.extent());
    }
    if (pool instanceof Pool.GlobalAverage) {
      return new AveragePool(size);
    }
    if (pool instanceof Pool.Max max) {
      boolean isHalving = max.extent() == 2 && max.stride() == 2 && max.padding() == 0;
      return isHalving && size % 2 == 0 ? new HalvingMaxPool() : new MaxPool(max);
    }
    if (pool instanceof Pool.None) {
      return new NoPool();
    }
    throw new IllegalArgumentException("no kernel for the pool " + pool);
  }

  /** Hands everything on. */
  record NoPool() implements Pooling {
    @Override
    public Activation forward(BitTensor spikes, String name, Workspace workspace) {
      return spikes;
    }

    @Override
    public FloatTensor backward(FloatTensor gradient, BitTensor spikes, Workspace workspace) {
      return gradient;
    }
  }
}
