package org.qsnn.sweep;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.qsnn.config.RunConfig;
import org.qsnn.distributed.LoneTasks;
import org.qsnn.training.RunData;

/** Each trial in a task of its own: as many at a time as there are slots. */
final class TaskRunner implements TrialRunner {
  /** For a step, and a checkpoint on a slow file system. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SparkSession spark;
  private final LoneTasks tasks;
  private final SweepData data;
  private final PerData<Broadcast<SharedData>> broadcasts = new PerData<>(this::broadcast);

  TaskRunner(SparkSession spark, SweepData data) {
    this.spark = spark;
    this.tasks = new LoneTasks(spark.sparkContext());
    this.data = data;
  }

  @Override
  public int slots() {
    return tasks.slots();
  }

  @Override
  public CompletableFuture<TrialEnd> start(TrialStep step) {
    Broadcast<SharedData> samples = broadcasts.of(step.trial().config());
    return tasks.start(
        "trial " + step.trial().name(), step.description(), new TrialTask(samples, step));
  }

  private Broadcast<SharedData> broadcast(RunConfig config) {
    RunData run = data.of(config);
    SharedData all =
        new SharedData(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
            run.trainingSamples(spark),
            run.validationSamples(spark),
            run.dataset().manifest().classNames(),
            run.dataset().manifest().statistics(),
            data.sha256(config));
    return tasks.share(all);
  }

  @Override
  public void pause() {
    tasks.cancel(PATIENCE);
  }

  @Override
  public void close() {
    tasks.close();
    if (!spark.sparkContext().isStopped()) {
      broadcasts.all().forEach(Broadcast::destroy);
    }
  }
}
