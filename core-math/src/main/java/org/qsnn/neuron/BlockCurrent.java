package org.qsnn.neuron;

import org.qsnn.tensor.BlockGrid;

/**
 * An input current of a layer, without its scale and offset, a {@link BlockGrid} block at a time.
 */
public interface BlockCurrent {
  /** Before the blocks of a group of samples. */
  void begin(int firstSample, int samples);

  /** Before the channels of a block. */
  void prepare(int timestep, int block);

  /**
   * u = scale · y + u, one fused multiply-add.
   *
   * @param at where u of the block's neurons starts
   */
  void addTo(float[] u, int at, int channel, float scale);
}
