package org.qsnn.config;

import java.util.Arrays;
import java.util.List;
import org.qsnn.EnumKey;

/** What a sweep looks for, in the best epoch of a trial. */
public enum Objective {
  /** Share of the validation samples that are classified correctly, 0…1. */
  VALIDATION_ACCURACY(true, false),
  /** Bytes of the packed model's tensors. */
  MODEL_BYTES(false, true),
  /** Bytes of one sample's membrane potentials. */
  MEMBRANE_BYTES(false, true),
  /** Synaptic operations of one validation sample. */
  SYNAPTIC_OPERATIONS(false, false),
  /** Mean over the layers, 0…1, of the validation samples. */
  FIRING_RATE(false, false);

  private final boolean isMaximized;
  private final boolean isKnownBefore;

  Objective(boolean isMaximized, boolean isKnownBefore) {
    this.isMaximized = isMaximized;
    this.isKnownBefore = isKnownBefore;
  }

  /** Its name in a configuration. */
  public String key() {
    return EnumKey.of(this);
  }

  /** Its name in the JSON of a trial. */
  public String column() {
    return key().replace('-', '_');
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
}
