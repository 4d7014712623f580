package org.qsnn.checkpoint;

import org.qsnn.parameter.Parameters;

/**
 * What a training has learned, without where it was: another training may start with it. The arrays
 * are not copied.
 *
 * @param parameters latent parameters
 * @param statistics running statistics of batch normalization, and membrane scales
 */
public record LearnedWeights(Parameters parameters, Parameters statistics) {
  /** As {@link Checkpoint#parametersSha256}. */
  public String sha256() {
    return Checkpoint.parametersSha256(parameters, statistics);
  }
}
