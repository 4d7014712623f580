package org.qsnn.neuron;

import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.Surrogate;

/** What the neurons of a layer compute over all timesteps, and how a gradient comes back. */
public interface Neurons {
  /**
   * What the neurons did.
   *
   * @param largest the largest magnitude of what is quantized, at each timestep; NaN if a membrane
   *     potential is not finite
   * @param scales α of each timestep whose membrane is quantized, as the backward pass takes them
   * @param spikes number of spikes at each timestep
   */
  record Steps(float[] largest, float[] scales, long[] spikes) {}

  /**
   * Computes all timesteps, in order.
   *
   * @param scales α of each timestep whose membrane is quantized; null to take the batch's own
   */
  Steps forward(LifLayer layer, float[] scales);

  /**
   * The same in blocks.
   *
   * @param scales α of each timestep whose membrane is quantized
   * @return with largest magnitudes that are 0, or NaN if a membrane potential is not finite
   */
  Steps forward(LifBlocks layer, float[] scales);

  /**
   * Computes all timesteps' gradients.
   *
   * @param scales α of each timestep whose membrane is quantized, as {@link #forward} took them
   */
  ChannelSums backward(LifLayer layer, float[] scales, LifGradient gradient);

  /**
   * Whether {@link LifLayer#stored} is needed for a layer of so many timesteps: not where nothing
   * is carried on.
   */
  boolean needStored(int timesteps);

  /**
   * The neurons of a network. A float membrane is the same before and after.
   *
   * @param membraneBits 2, 4, 8, or 32 for a float membrane
   */
  static Neurons of(LifNeuron neuron, Surrogate surrogate, int membraneBits) {
    return neuron.quantization() == Quantization.BEFORE_FIRING && membraneBits != 32
        ? new BeforeFiring(neuron, surrogate)
        : new AfterReset(neuron, surrogate);
  }
}
