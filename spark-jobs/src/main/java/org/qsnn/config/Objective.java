package org.qsnn.config;

import java.util.Arrays;
import java.util.List;

/** What a sweep looks for, in the best epoch of a trial. */
public enum Objective {
  /** Share of the validation samples that are classified correctly, 0…1. */
  VALIDATION_ACCURACY("validation-accuracy", true, false),
  /** Bytes of the packed model's tensors. */
  MODEL_BYTES("model-bytes", false, true),
  /** Bytes of one sample's membrane potentials. */
  MEMBRANE_BYTES("membrane-bytes", false, true),
  /** Synaptic operations of one validation sample. */
  SYNAPTIC_OPERATIONS("synaptic-operations", false, false),
  /** Mean over the layers, 0…1, of the validation samples. */
  FIRING_RATE("firing-rate", false, false);

  private final String key;
  private final boolean isMaximized;
  private final boolean isKnownBefore;

  Objective(String key, boolean isMaximized, boolean isKnownBefore) {
    this.key = key;
    this.isMaximized = isMaximized;
    this.isKnownBefore = isKnownBefore;
  }

  /** Its name in a configuration; with underscores, in JSON. */
  public String key() {
    return key;
  }

  public boolean isMaximized() {
    return isMaximized;
  }

  /** Whether the network alone tells it, before any training. */
  public boolean isKnownBefore() {
    return isKnownBefore;
  }

  static List<String> keys(boolean onlyKnownBefore) {
    return Arrays.stream(values())
        .filter(objective -> objective.isKnownBefore || !onlyKnownBefore)
        .map(Objective::key)
        .toList();
  }

  static Objective named(String key) {
    return Arrays.stream(values())
        .filter(objective -> objective.key.equals(key))
        .findFirst()
        .orElseThrow();
  }
}
