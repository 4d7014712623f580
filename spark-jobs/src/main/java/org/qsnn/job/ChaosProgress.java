package org.qsnn.job;

import java.time.Duration;
import org.qsnn.distributed.ExecutorKiller;
import org.qsnn.training.StepProgress;
import org.qsnn.training.TrainingProgress;

/** Kills executors at even intervals during a training, and shows its progress. */
final class ChaosProgress implements TrainingProgress {
  private final ExecutorKiller killer;
  private final TrainingProgress shown;
  private final int kills;
  private int killed;
  private long lastStep = System.nanoTime();

  ChaosProgress(ExecutorKiller killer, int kills, TrainingProgress shown) {
    this.killer = killer;
    this.kills = kills;
    this.shown = shown;
  }

  /** The blow falls in the middle of the step that follows, if it takes as long as this one. */
  @Override
  public void stepDone(StepProgress progress) {
    long now = System.nanoTime();
    Duration halfAStep = Duration.ofNanos((now - lastStep) / 2);
    lastStep = now;
    if (progress.share() >= (killed + 1.0) / (kills + 1) && killed < kills) {
      killer.kill(halfAStep);
      killed++;
    }
    shown.stepDone(progress);
  }

  @Override
  public void epochDone(String line) {
    shown.epochDone(line);
  }

  @Override
  public void close() {
    shown.close();
  }
}
