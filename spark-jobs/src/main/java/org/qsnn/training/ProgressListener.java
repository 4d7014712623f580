package org.qsnn.training;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;
import org.qsnn.run.EpochLine;
import org.qsnn.train.TrainingListener;

/** Shows a training to whoever started it, and counts how fast it was. */
final class ProgressListener implements TrainingListener {
  private static final Logger LOG = LogManager.getLogger();

  private final TrainingProgress progress;
  private final int epochs;
  private double samples;
  private double seconds;

  ProgressListener(TrainingProgress progress, int epochs) {
    this.progress = progress;
    this.epochs = epochs;
  }

  @Override
  public void stepDone(int epoch, int step, int steps, EpochSums sums) {
    progress.stepDone(
        new StepProgress(
            epoch,
            epochs,
            step,
            steps,
            sums.loss().total(),
            sums.accuracy(),
            sums.samples() / training(sums.seconds())));
  }

  @Override
  public void epochDone(EpochMetrics row) {
    double training = row.seconds().total() - row.seconds().validation();
    samples += row.samplesPerSecond() * training;
    seconds += training;
    String line = EpochLine.of(row, epochs);
    progress.epochDone(line);
    LOG.debug(line);
  }

  /** Trained samples over the seconds of the epochs that were seen, validation left out. */
  double samplesPerSecond() {
    return seconds == 0 ? 0 : samples / seconds;
  }

  private static double training(EpochSums.Seconds seconds) {
    return Math.max(1e-9, seconds.compute() + seconds.reduce() + seconds.driver());
  }
}
