package org.qsnn.sweep;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.sql.SparkSession;
import org.qsnn.ConfigurationException;
import org.qsnn.config.RunConfig;
import org.qsnn.config.SweepConfig;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.training.MemoryPlan;
import org.qsnn.training.Stop;
import org.qsnn.training.Training;

/** A sweep from its beginning, or from where its folder says, to its end. */
public final class Sweep {
  private static final Logger LOG = LogManager.getLogger();

  private final SparkSession spark;
  private final FileStore files;
  private final SweepConfig sweep;
  private final RunConfig base;
  private final SweepFolder folder;

  /**
   * How a sweep ended.
   *
   * @param lines say it to people
   */
  public record Outcome(Kind kind, List<String> lines) {
    /** Why it ended. */
    public enum Kind {
      COMPLETE,
      STOPPED,
      TOO_MANY_FAILURES
    }
  }

  /**
   * @param base with the overrides of the command line
   * @throws ConfigurationException if no sweep can be written where it should be
   */
  public Sweep(SparkSession spark, FileStore files, SweepConfig sweep, RunConfig base) {
    this.spark = spark;
    this.files = files;
    this.sweep = sweep;
    this.base = base;
    files.paths().requireWritable(sweep.dir());
    this.folder = new SweepFolder(files, files.paths().absolute(sweep.dir()));
  }

  /**
   * Checks everything that can be checked, then trains what is decided, tests what is best.
   *
   * @param watch who watches the tests; its stop ends trials with a checkpoint
   * @throws ConfigurationException if a point is not allowed, or the folder holds something else
   */
  public Outcome run(Training.Watch watch, SweepListener listener) throws InterruptedException {
    try (SweepData data = new SweepData(spark, files)) {
      Trials trials = new Trials(sweep, base, folder.path(), files, data);
      folder.requireFree(sweep, base);
      List<Trial> checked = trials.checkAll();
      try (Lease lease = Lease.acquire(files, folder.path())) {
        folder.requireFree(sweep, base);
        folder.describe(lease, sweep, base);
        SweepFolder.Held place = new SweepFolder.Held(files, folder, lease);
        SweepRun run =
            new SweepRun(sweep, place, data, trials, watch, listener, base.train().epochs());
        try (TrialRunner runner = runner(data, checked, watch.stop())) {
          return run.run(runner);
        }
      }
    }
  }

  private TrialRunner runner(SweepData data, List<Trial> trials, Stop stop) {
    boolean isInTasks =
        switch (sweep.placement().placement()) {
          case TASK -> true;
          case CLUSTER -> false;
          case AUTO -> fitsATask(data, trials);
        };
    return isInTasks
        ? new TaskRunner(spark, data)
        : new ClusterRunner(spark.sparkContext(), files, data, sweep.placement().atATime(), stop);
  }

  /** Whether every executor has the memory for as many whole trainings as it runs tasks. */
  private boolean fitsATask(SweepData data, List<Trial> trials) {
    SlotMemory memory = SlotMemory.of(spark.sparkContext());
    for (Trial trial : trials) {
      MemoryPlan plan = MemoryPlan.of(trial.config(), trial.network(), data.of(trial.config()));
      if (!memory.fits(plan)) {
        LOG.info(
            "A trial does not fit one task ({} MB of heap for {} at a time; there are {}): each runs on"
                + " all executors, {} at a time",
            plan.heapBytesOfWholeTrainings(memory.tasks()) >> 20,
            memory.tasks(),
            memory.heapBytes() >> 20,
            sweep.placement().atATime());
        return false;
      }
    }
    return true;
  }
}
