package org.qsnn.model;

import java.io.Serializable;
import java.util.Locale;

/**
 * The neuron of every layer (METHOD: Neuron). Of the membrane potential {@code u[t] = decay · m[t −
 * 1] + current[t]}, one fused multiply-add, a layer fires where {@code u > threshold}; what fired
 * is reset. With a decay of 1 nothing leaks: integrate and fire (IF).
 *
 * @param quantization when and how the membrane potential is quantized
 * @param firing whether a membrane potential equal to the threshold fires
 * @param decay part of the membrane potential that is left after a timestep, 0 to 1
 * @param threshold a membrane potential above it fires; {@link #LEAST_THRESHOLD} to {@link
 *     #LARGEST_THRESHOLD}
 * @param reset what is left of the membrane potential of a neuron that fired
 */
public record LifNeuron(
    Quantization quantization, Firing firing, float decay, float threshold, Reset reset)
    implements Serializable {
  /** The published code's decay, and the default. */
  public static final float DECAY = 0.5f;

  /** The published code's threshold, and the default. */
  public static final float THRESHOLD = 1f;

  public static final float LEAST_THRESHOLD = 1e-3f;
  public static final float LARGEST_THRESHOLD = 1e3f;

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
    /** {@code u > threshold}. */
    ABOVE,
    /** {@code u ≥ threshold} (Wei et al. 2024, Eq. 2). */
    AT_OR_ABOVE
  }

  /** What is left of the membrane potential of a neuron that fired. */
  public enum Reset {
    /** Nothing: {@code h = 0}. */
    HARD,
    /** What was beyond the threshold: {@code h = u − threshold} (Rueckauer et al. 2017, Eq. 3). */
    SOFT
  }

  public LifNeuron {
    if (!(decay >= 0 && decay <= 1)) {
      throw invalid("decay", "0 to 1", decay);
    }
    if (!(threshold >= LEAST_THRESHOLD && threshold <= LARGEST_THRESHOLD)) {
      throw invalid("threshold", LEAST_THRESHOLD + " to " + LARGEST_THRESHOLD, threshold);
    }
  }

  /** With the decay, threshold and reset of the published code. */
  public LifNeuron(Quantization quantization, Firing firing) {
    this(quantization, firing, DECAY, THRESHOLD, Reset.HARD);
  }

  private static IllegalArgumentException invalid(String name, String expected, float found) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s: must be %s; found %s", name, expected, found));
  }

  /** Whether decay, threshold and reset are the published code's. */
  public boolean hasUsualDynamics() {
    return decay == DECAY && threshold == THRESHOLD && reset == Reset.HARD;
  }

  /**
   * A membrane potential fires where it is above this: no float is between it and the threshold.
   */
  public float bound() {
    return firing == Firing.ABOVE ? threshold : Math.nextDown(threshold);
  }
}
