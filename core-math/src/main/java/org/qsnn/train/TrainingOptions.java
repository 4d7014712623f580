package org.qsnn.train;

import java.time.Duration;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.LearningRateSchedule;
import org.qsnn.quantize.AnnealingSchedule;

/**
 * Options of a training, apart from network and data.
 *
 * @param samples that are trained on in each epoch, before an incomplete last batch is dropped
 * @param descent optimizer, learning rate and their like
 * @param checkpointEvery between checkpoints within an epoch
 * @param annealings of the sign's estimator, over the same epochs
 * @param early epochs
 */
public record TrainingOptions(
    long seed,
    long samples,
    int epochs,
    int shards,
    int shardBatch,
    Descent descent,
    Duration checkpointEvery,
    AnnealingSchedule annealings,
    EarlyEpochs early) {

  /** With the published code's annealing. */
  public TrainingOptions(
      long seed,
      long samples,
      int epochs,
      int shards,
      int shardBatch,
      Descent descent,
      Duration checkpointEvery) {
    this(
        seed,
        samples,
        epochs,
        shards,
        shardBatch,
        descent,
        checkpointEvery,
        new AnnealingSchedule(epochs),
        EarlyEpochs.NONE);
  }

  public BatchPlan plan() {
    return new BatchPlan(seed, shardBatch);
  }

  LearningRateSchedule learningRates() {
    return descent.learningRates(epochs);
  }

  int steps() {
    return plan().steps(samples, shards);
  }
}
