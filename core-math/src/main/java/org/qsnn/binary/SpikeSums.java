package org.qsnn.binary;

import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** Signed sums of spikes: the output of a convolution, some images at a time. */
interface SpikeSums {
  /** The entries that weights choose. */
  Entries entries(QuantizedTensor weights);

  /** How many images are computed together at most. */
  int images();

  /**
   * @param x the images, at least one
   * @param factors of each output channel, what a sum of counts is multiplied by
   * @param y {@code [images, out, H', W']}, overwritten
   */
  void of(
      SpikeImages x, int images, Entries entries, float[] factors, float[] y, Workspace workspace);

  /** The faster one for a convolution's shape. */
  static SpikeSums of(StripGrid grid, Convolution c, int countsPerUnit) {
    return RowSpikeSums.isFaster(c, countsPerUnit)
        ? new RowSpikeSums(grid, c)
        : new FlatSpikeSums(grid, c, countsPerUnit);
  }
}
