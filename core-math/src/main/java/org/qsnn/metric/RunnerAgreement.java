package org.qsnn.metric;

import java.io.Serializable;

/**
 * How far the integer runner and the float evaluation agree on samples.
 *
 * @param samples that both answered
 * @param correct answers of the integer runner
 * @param samePredictions samples that both take for the same class
 * @param firstLayerChances neurons of the first layer, times timesteps and samples
 * @param firstLayerDifferences of them, those that fired in one of the two alone
 */
public record RunnerAgreement(
    long samples,
    long correct,
    long samePredictions,
    long firstLayerChances,
    long firstLayerDifferences)
    implements Serializable {
  /** Of no samples: neutral in {@link #merge}. */
  public static final RunnerAgreement NONE = new RunnerAgreement(0, 0, 0, 0, 0);

  /** Of this one's samples and the other's. */
  public RunnerAgreement merge(RunnerAgreement other) {
    return new RunnerAgreement(
        samples + other.samples,
        correct + other.correct,
        samePredictions + other.samePredictions,
        firstLayerChances + other.firstLayerChances,
        firstLayerDifferences + other.firstLayerDifferences);
  }

  /**
   * Part of the samples that the integer runner takes for what they are.
   *
   * @throws IllegalStateException if there was no sample
   */
  public double accuracy() {
    if (samples == 0) {
      throw new IllegalStateException("accuracy of 0 samples");
    }
    return correct / (double) samples;
  }
}
