package org.qsnn.model;

/**
 * The neuron of every layer (METHOD: Neuron). Of the membrane potential {@code u[t] = DECAY · m[t −
 * 1] + current[t]} a layer fires where {@code u > THRESHOLD}; what fired is reset to 0.
 *
 * @param quantization when and how the membrane potential is quantized
 * @param firing whether a membrane potential equal to the threshold fires
 */
public record LifNeuron(Quantization quantization, Firing firing) {
  /** Part of the membrane potential that is left after a timestep. */
  public static final float DECAY = 0.5f;

  /** A membrane potential above it fires. */
  public static final float THRESHOLD = 1f;

  /** The published code's, and the default. */
  public static final LifNeuron PUBLISHED = new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE);

  /** When and how the membrane potential is quantized; nothing is done to float membranes. */
  public enum Quantization {
    /** What is carried to the next timestep: {@code m = quantize(tanh(reset(u)))}. */
    AFTER_RESET,
    /**
     * The membrane potential itself, linearly, before it is compared with the threshold (Wei et al.
     * 2024, Algorithm 1, lines 9–11, and Eq. 8): {@code m = reset(quantize(u))}.
     */
    BEFORE_FIRING
  }

  /** Whether a membrane potential equal to the threshold fires. */
  public enum Firing {
    /** {@code u > THRESHOLD}. */
    ABOVE,
    /** {@code u ≥ THRESHOLD} (Wei et al. 2024, Eq. 2). */
    AT_OR_ABOVE;

    /** A membrane potential fires where it is above this: there is no float between both. */
    public float bound() {
      return this == ABOVE ? THRESHOLD : Math.nextDown(THRESHOLD);
    }
  }
}
