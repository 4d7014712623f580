package org.qsnn.distributed;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.rdd.RDD;
import org.qsnn.network.ShardGradient;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** A Spark job of a training step, whose results are taken one by one as they arrive. */
final class StepJob implements AutoCloseable {
  /** How often a waiting driver checks whether the job has failed. */
  private static final long POLL_MILLIS = 50;

  private final SparkContext spark;
  private final BlockingQueue<Arrival> arrivals;
  private final SimpleFutureAction<BoxedUnit> job;

  private StepJob(
      SparkContext spark, BlockingQueue<Arrival> arrivals, SimpleFutureAction<BoxedUnit> job) {
    this.spark = spark;
    this.arrivals = arrivals;
    this.job = job;
  }

  /** Starts to compute the function on all partitions. */
  static <T> StepJob start(RDD<T> rdd, AbstractFunction1<Iterator<T>, ShardGradient> function) {
    SparkContext spark = rdd.sparkContext();
    BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    spark.addJobTag(RunningJobs.STEP);
    try {
      return new StepJob(
          spark,
          arrivals,
          spark.submitJob(rdd, function, partitions(rdd), new Enqueue(arrivals), new Nothing()));
    } finally {
      spark.removeJobTag(RunningJobs.STEP);
    }
  }

  private static Seq<Object> partitions(RDD<?> rdd) {
    return CollectionConverters.asScala(
            IntStream.range(0, rdd.getNumPartitions()).<Object>mapToObj(Integer::valueOf).toList())
        .toSeq();
  }

  record Arrival(int partition, ShardGradient gradient) {}

  /**
   * The next result, in no order of the partitions.
   *
   * @throws RuntimeException if the job fails, with the reason
   */
  Arrival next() {
    try {
      Arrival arrival = arrivals.poll();
      while (arrival == null) {
        if (job.isCompleted() && arrivals.isEmpty()) {
          throw failure();
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
  private RuntimeException failure() throws InterruptedException {
    try {
      job.get();
      return new IllegalStateException("a step's job ended without all of its results");
    } catch (SparkException e) {
      return RunningJobs.failure(spark, "a step's job", e);
    }
  }

  /** Does nothing to a job that has ended; one that has not may no longer use the weights. */
  @Override
  public void close() {
    job.cancel();
  }

  /** Takes a result from Spark's scheduler thread at once, so that the thread can go on. */
  private static final class Enqueue extends AbstractFunction2<Object, ShardGradient, BoxedUnit> {
    private final BlockingQueue<Arrival> arrivals;

    Enqueue(BlockingQueue<Arrival> arrivals) {
      this.arrivals = arrivals;
    }

    @Override
    public BoxedUnit apply(Object partition, ShardGradient gradient) {
      arrivals.add(new Arrival((Integer) partition, gradient));
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }
}
