package org.qsnn.train;

import java.io.Serializable;

/**
 * Fewer timesteps in the first epochs of a training, which then cost less: weights and batch
 * normalization are the same for all timesteps, so that a network goes on with more of them. Scales
 * of membranes that are not carried yet are those of the last one that is, or 0.
 *
 * @param epochs from the first; 0 for none
 * @param timesteps of these epochs, less than the network's
 */
public record EarlyTimesteps(int epochs, int timesteps) implements Serializable {
  public static final EarlyTimesteps NONE = new EarlyTimesteps(0, 1);

  boolean holds(int epoch) {
    return epoch < epochs;
  }

  /** Whether an epoch is the first with all timesteps, when membranes have scales anew. */
  boolean endsBefore(int epoch) {
    return epochs > 0 && epoch == epochs;
  }
}
