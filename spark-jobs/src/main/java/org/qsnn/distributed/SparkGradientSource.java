package org.qsnn.distributed;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.qsnn.network.ShardGradient;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;
import org.qsnn.train.ArrivalSum;
import org.qsnn.train.GradientSource;
import org.qsnn.train.ShardGroups;
import org.qsnn.train.ShardTask;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Gradients from a cluster: each step is one Spark job with one task for each group of shards, as
 * many as are computed at a time. Weights go down as a broadcast of about a bit each, which is
 * destroyed after the step; sums come back one by one and are added on the calling thread as
 * siblings of the tree arrive, while others still compute.
 */
final class SparkGradientSource implements GradientSource {
  /** How often a waiting driver checks whether the job has failed. */
  private static final long POLL_MILLIS = 50;

  private final JavaSparkContext spark;
  private final JavaRDD<Samples> shards;
  private final Broadcast<ShardTask> task;
  private final int threads;
  private Grouped grouped;

  /**
   * @param shards one partition with one element a shard, persisted
   */
  SparkGradientSource(JavaSparkContext spark, JavaRDD<Samples> shards, ShardTask task) {
    this.spark = spark;
    this.shards = shards;
    this.task = spark.broadcast(task);
    this.threads = Slots.coresEach(spark.sc());
  }

  /** Shards as they are computed, as long as the same slots are there. */
  private record Grouped(ShardGroups groups, RDD<Samples> rdd, Seq<Object> partitions) {
    static Grouped of(JavaRDD<Samples> shards, ShardGroups groups) {
      return new Grouped(
          groups,
          GroupedShards.of(shards, groups),
          CollectionConverters.asScala(
                  IntStream.range(0, groups.count()).<Object>mapToObj(Integer::valueOf).toList())
              .toSeq());
    }
  }

  private Grouped grouped() {
    ShardGroups groups =
        ShardGroups.of(
            shards.getNumPartitions(),
            new ShardGroups.Workers(Slots.available(spark.sc()), threads));
    if (grouped == null || !grouped.groups().equals(groups)) {
      grouped = Grouped.of(shards, groups);
    }
    return grouped;
  }

  private record Arrival(int group, ShardGradient gradient) {}

  @Override
  public Sum gradient(SynapticWeights weights, int epoch, int step) {
    Grouped now = grouped();
    Broadcast<SynapticWeights> broadcast = spark.broadcast(weights);
    try {
      return gather(now, new GradientFunction(task, broadcast, now.groups(), threads, epoch, step));
    } finally {
      broadcast.destroy();
    }
  }

  private Sum gather(Grouped grouped, GradientFunction function) {
    int groups = grouped.groups().count();
    ArrivalSum sum = new ArrivalSum(groups);
    BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    SimpleFutureAction<BoxedUnit> job = submit(grouped, function, arrivals);
    try {
      for (int i = 0; i < groups; i++) {
        Arrival arrival = next(arrivals, job);
        sum.add(arrival.group(), arrival.gradient());
      }
      return sum.sum();
    } finally {
      // Does nothing to a job that has ended; one that has not may no longer use the weights.
      job.cancel();
    }
  }

  private SimpleFutureAction<BoxedUnit> submit(
      Grouped grouped, GradientFunction function, BlockingQueue<Arrival> arrivals) {
    spark.sc().addJobTag(RunningJobs.STEP);
    try {
      return spark
          .sc()
          .submitJob(
              grouped.rdd(), function, grouped.partitions(), new Enqueue(arrivals), new Nothing());
    } finally {
      spark.sc().removeJobTag(RunningJobs.STEP);
    }
  }

  private Arrival next(BlockingQueue<Arrival> arrivals, SimpleFutureAction<BoxedUnit> job) {
    try {
      Arrival arrival = arrivals.poll();
      while (arrival == null) {
        if (job.isCompleted() && arrivals.isEmpty()) {
          throw failure(job);
        }
        arrival = arrivals.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
      return arrival;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a step's gradients", e);
    }
  }

  /** Why a job that has ended did not bring all results; the task's exception is the cause. */
  private RuntimeException failure(SimpleFutureAction<BoxedUnit> job) throws InterruptedException {
    try {
      job.get();
      return new IllegalStateException("a step's job ended without all of its results");
    } catch (SparkException e) {
      return RunningJobs.failure(spark.sc(), "a step's job", e);
    }
  }

  /** Takes a result from Spark's scheduler thread at once, so that the thread can go on. */
  private static final class Enqueue extends AbstractFunction2<Object, ShardGradient, BoxedUnit> {
    private final BlockingQueue<Arrival> arrivals;

    Enqueue(BlockingQueue<Arrival> arrivals) {
      this.arrivals = arrivals;
    }

    @Override
    public BoxedUnit apply(Object group, ShardGradient gradient) {
      arrivals.add(new Arrival((Integer) group, gradient));
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }

  @Override
  public void close() {
    task.destroy();
  }
}
