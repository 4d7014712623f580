package org.qsnn.neuron;

import org.qsnn.tensor.BitTensor;

/**
 * The memory of one LIF layer in one task. A plane is the H·W neurons of one sample and channel; a
 * timestep holds {@code batch · channels} planes.
 *
 * @param first the current that every layer has
 * @param second the shortcut's current, or null
 * @param stored v, what remains of the membrane after reset and tanh (h for a float membrane), of
 *     the timestep before: {@code [B, C, H, W]}, meaningless after the layer's last timestep; null
 *     if {@link Neurons#needStored} is false
 * @param spikes s {@code [T·B, C, H, W]}
 * @param levels n of the membrane quantizer, 0 for a float membrane
 */
public record LifLayer(
    int timesteps,
    int batch,
    int channels,
    int plane,
    int levels,
    Current first,
    Current second,
    float[] stored,
    BitTensor spikes) {

  /** Elements of one timestep. */
  public int timestepSize() {
    return batch * channels * plane;
  }

  /** Planes of one timestep. */
  int planes() {
    return batch * channels;
  }

  boolean carries(int timestep) {
    return timestep < timesteps - 1;
  }

  /** Sum of the offsets of a channel's currents. */
  float offset(int channel) {
    float offset = first.offset()[channel];
    return second == null ? offset : offset + second.offset()[channel];
  }
}
