package org.qsnn.train;

import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;

/** Watches a training. */
public interface TrainingListener {
  /**
   * @param step that was done, from 0
   * @param steps of an epoch
   * @param sums of the epoch so far
   */
  void stepDone(int epoch, int step, int steps, EpochSums sums);

  void epochDone(EpochMetrics row);
}
