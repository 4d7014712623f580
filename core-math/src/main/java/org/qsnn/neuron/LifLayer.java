package org.qsnn.neuron;

import org.qsnn.tensor.FloatTensor;

/**
 * The memory of one LIF layer in one task. A plane is the H·W neurons of one sample and channel; a
 * timestep holds {@code batch · channels} planes.
 *
 * @param first the current that every layer has
 * @param second the shortcut's current, or null
 * @param membrane u {@code [T, B, C, H, W]}, kept for the backward pass; null when there is none
 * @param stored v, what remains of the membrane after reset and tanh (h for a float membrane), to
 *     be carried to the next timestep: {@code [T−1, B, C, H, W]}, or one timestep in place; null if
 *     T = 1
 * @param storedStride elements between timesteps of {@code stored}; 0 in place
 * @param spikes s {@code [T, B, C, H, W]}
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
    FloatTensor membrane,
    FloatTensor stored,
    int storedStride,
    FloatTensor spikes) {

  /** Elements of one timestep. */
  public int step() {
    return batch * channels * plane;
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
