package org.qsnn.training;

/**
 * How far a training is after a step.
 *
 * @param epoch from 0
 * @param step from 0, within the epoch
 * @param loss of the epoch so far
 * @param accuracy of the epoch so far, 0…1
 * @param samplesPerSecond of the epoch so far, validation left out
 */
public record StepProgress(
    int epoch,
    int epochs,
    int step,
    int steps,
    double loss,
    double accuracy,
    double samplesPerSecond) {

  /** Steps that are done, of those of all epochs; 0…1. */
  public double share() {
    return (epoch * steps + step + 1.0) / (epochs * steps);
  }

  /** Steps that are to come, in all epochs. */
  public long stepsLeft() {
    return (long) (epochs - epoch) * steps - (step + 1);
  }
}
