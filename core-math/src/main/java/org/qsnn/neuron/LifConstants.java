package org.qsnn.neuron;

import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Reset;

/**
 * What the loops need of a neuron: numbers that are the same for every element, so that one loop
 * without branches computes either reset.
 *
 * <pre>
 *   h = (u &gt; zeroedAbove ? 0 : u) − (u &gt; bound ? subtracted : 0)
 *   what a spike takes from u at the threshold = jumpFactor · u + jumpOffset
 * </pre>
 *
 * @param decay part of the membrane that is left after a timestep
 * @param threshold that the surrogate gradient lies around
 * @param bound u fires above it
 * @param zeroedAbove h is 0 above it: the bound, or infinity where the reset is soft
 * @param subtracted taken from u that fired: the threshold, or 0 where the reset is hard
 * @param jumpFactor 1, or 0 where the reset is soft
 * @param jumpOffset −0, which changes no float that it is added to; or the threshold
 */
record LifConstants(
    float decay,
    float threshold,
    float bound,
    float zeroedAbove,
    float subtracted,
    float jumpFactor,
    float jumpOffset) {

  static LifConstants of(LifNeuron neuron) {
    boolean isSoft = neuron.reset() == Reset.SOFT;
    float threshold = neuron.threshold();
    return new LifConstants(
        neuron.decay(),
        threshold,
        neuron.bound(),
        isSoft ? Float.POSITIVE_INFINITY : neuron.bound(),
        isSoft ? threshold : 0f,
        isSoft ? 0f : 1f,
        isSoft ? threshold : -0f);
  }

  /** h of u. */
  float reset(float u) {
    return (u > zeroedAbove ? 0f : u) - (u > bound ? subtracted : 0f);
  }

  /** What a spike takes from u: u itself, or the threshold. */
  float jump(float u) {
    return Math.fma(jumpFactor, u, jumpOffset);
  }
}
