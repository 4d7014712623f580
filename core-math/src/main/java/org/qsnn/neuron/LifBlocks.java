package org.qsnn.neuron;

import java.util.List;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.CacheLine;

/**
 * A LIF layer whose neurons go from their currents to spikes in blocks that stay in the cache,
 * which only stored membrane scales allow.
 *
 * @param levels n of the membrane quantizer, 0 for a float membrane
 * @param branches whose currents are added in this order
 * @param memory of {@link #memoryLength}
 * @param spikes s {@code [T·B, C, H, W]}, overwritten
 */
public record LifBlocks(
    int timesteps,
    int batch,
    int channels,
    int levels,
    BlockGrid grid,
    List<Branch> branches,
    float[] memory,
    BitTensor spikes) {

  /**
   * One current of the layer.
   *
   * @param scale per channel
   * @param offset per channel
   */
  public record Branch(BlockCurrent current, float[] scale, float[] offset) {}

  /** Floats for u of a block and, of a block of each channel, what is carried on. */
  public static int memoryLength(int channels) {
    return CacheLine.arrayLength((1 + channels) * BlockGrid.neurons());
  }

  boolean carries(int timestep) {
    return timestep < timesteps - 1;
  }

  /** Sum of the offsets of a channel's currents, in the order of {@link LifLayer#offset}. */
  float offset(int channel) {
    float offset = branches.get(0).offset()[channel];
    for (int i = 1; i < branches.size(); i++) {
      offset += branches.get(i).offset()[channel];
    }
    return offset;
  }
}
