package org.qsnn.sweep;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.qsnn.storage.FileStore;
import org.qsnn.training.Backend;
import org.qsnn.training.Stop;

/** Each trial on all executors, as {@code train} does it; some at a time in pools of their own. */
final class ClusterRunner implements TrialRunner {
  private static final String POOL = "spark.scheduler.pool";
  private static final long PATIENCE_SECONDS = 30;

  private final SparkContext spark;
  private final FileStore files;
  private final SweepData data;
  private final int slots;
  private final Stop stop;
  private final ExecutorService drivers;
  private volatile boolean isPaused;

  /**
   * @param slots trials at a time
   * @param stop once received, ends every trial with a checkpoint
   */
  ClusterRunner(SparkContext spark, FileStore files, SweepData data, int slots, Stop stop) {
    this.spark = spark;
    this.files = files;
    this.data = data;
    this.slots = slots;
    this.stop = stop;
    this.drivers = Executors.newFixedThreadPool(slots, ClusterRunner::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "drives a trial");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public CompletableFuture<TrialEnd> start(TrialStep step) {
    return CompletableFuture.supplyAsync(() -> train(step), drivers);
  }

  private TrialEnd train(TrialStep step) {
    Trial trial = step.trial();
    spark.setLocalProperty(POOL, "trial " + trial.name());
    spark.setJobGroup("trial " + trial.name(), step.description(), false);
    Backend backend = data.backend(trial.config());
    return new TrialTraining(files, trial.config())
        .until(step.until(), step.intact(), backend, new Paused());
  }

  /** The sweep itself is gentle, for all of its trials. */
  private final class Paused implements Stop {
    @Override
    public boolean isReceived() {
      return isPaused || stop.isReceived();
    }

    @Override
    public String name() {
      return stop.isReceived() ? stop.name() : "the sweep";
    }

    @Override
    public Gentle gently() {
      return () -> {};
    }
  }

  @Override
  public void pause() {
    isPaused = true;
    drivers.shutdown();
    try {
      drivers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    drivers.shutdown();
  }
}
