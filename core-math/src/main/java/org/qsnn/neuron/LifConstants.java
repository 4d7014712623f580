package org.qsnn.neuron;

/** The neuron of the paper (METHOD: Neuron): what every LIF layer shares. */
public final class LifConstants {
  /** Part of the membrane potential that is left after a timestep. */
  public static final float DECAY = 0.5f;

  /** A membrane potential above it fires; equal does not. */
  public static final float THRESHOLD = 1f;

  private LifConstants() {}

  /** Surrogate gradient ds/du: a triangle of half width 1 around the threshold. */
  public static float surrogate(float membrane) {
    return Math.max(0f, 1f - Math.abs(membrane - THRESHOLD));
  }
}
