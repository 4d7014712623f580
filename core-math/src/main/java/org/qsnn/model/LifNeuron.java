package org.qsnn.model;

/**
 * The neuron of every layer (METHOD: Neuron). Of the membrane potential {@code u[t] = DECAY · m[t −
 * 1] + current[t]} a layer fires where {@code u > THRESHOLD}; what fired is reset to 0.
 */
public final class LifNeuron {
  /** Part of the membrane potential that is left after a timestep. */
  public static final float DECAY = 0.5f;

  /** A membrane potential above it fires; equal does not. */
  public static final float THRESHOLD = 1f;

  private LifNeuron() {}
}
