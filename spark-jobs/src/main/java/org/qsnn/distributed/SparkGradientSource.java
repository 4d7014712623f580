package org.qsnn.distributed;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;
import org.qsnn.train.GradientSource;
import org.qsnn.train.ShardGroups;
import org.qsnn.train.ShardTask;

/**
 * Gradients from a cluster: each step is one Spark job with one task for each group of shards, as
 * many as are computed at a time. Weights go down with the tasks or as a broadcast, about a bit
 * each, which is destroyed after the step; sums come back one by one and are added on the calling
 * thread as siblings of the tree arrive, while others still compute, or by executors in slices.
 */
final class SparkGradientSource implements GradientSource {
  private final JavaSparkContext spark;
  private final JavaRDD<Samples> shards;
  private final Broadcast<ShardTask> task;
  private final Reduce reduce;
  private final int weightsInATask;
  private final long gradientBytes;
  private final int threads;
  private ShardGroups groups;
  private RDD<Samples> grouped;

  /**
   * @param shards one partition with one element a shard, persisted
   */
  SparkGradientSource(
      JavaSparkContext spark, JavaRDD<Samples> shards, ShardTask task, Reduce reduce) {
    this(spark, shards, task, reduce, SentWeights.MOST_BYTES_IN_A_TASK);
  }

  /**
   * @param weightsInATask bytes above which weights are a broadcast of their own
   */
  SparkGradientSource(
      JavaSparkContext spark,
      JavaRDD<Samples> shards,
      ShardTask task,
      Reduce reduce,
      int weightsInATask) {
    this.spark = spark;
    this.shards = shards;
    this.reduce = reduce;
    this.weightsInATask = weightsInATask;
    this.gradientBytes = task.gradientBytes();
    this.threads = Slots.coresEach(spark.sc());
    this.task = spark.broadcast(task);
  }

  @Override
  public Sum gradient(SynapticWeights weights, int epoch, int step) {
    group();
    SentWeights sent = SentWeights.of(spark, weights, weightsInATask);
    try {
      GradientFunction function = new GradientFunction(task, sent, groups, threads, epoch, step);
      return reduce.isSliced(gradientBytes, groups.count())
          ? StepSum.inSlices(grouped, function, reduce.slices(gradientBytes, groups.count()))
          : StepSum.byDriver(grouped, function);
    } finally {
      sent.destroy();
    }
  }

  /** For the slots that are there now. */
  private void group() {
    ShardGroups now =
        ShardGroups.of(
            shards.getNumPartitions(),
            new ShardGroups.Workers(Slots.available(spark.sc()), threads));
    if (!now.equals(groups)) {
      groups = now;
      grouped = GroupedShards.of(shards, now);
    }
  }

  @Override
  public void close() {
    task.destroy();
  }
}
