package org.qsnn.neuron;

import org.qsnn.model.LifNeuron;

/** The neuron of the paper (METHOD: Neuron): what every LIF layer shares. */
public final class LifConstants {
  static final float DECAY = LifNeuron.DECAY;
  static final float THRESHOLD = LifNeuron.THRESHOLD;

  private LifConstants() {}

  /** Surrogate gradient ds/du: a triangle of half width 1 around the threshold. */
  public static float surrogate(float membrane) {
    return Math.max(0f, 1f - Math.abs(membrane - THRESHOLD));
  }
}
