package org.qsnn.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.sql.SparkSession;

/** Counts the executors that Spark gives up. */
final class LostExecutors extends SparkListener {
  private final int expected;
  private final CountDownLatch missing;

  private LostExecutors(int expected) {
    this.expected = expected;
    this.missing = new CountDownLatch(expected);
  }

  /** Counts from now on, up to a number. */
  static LostExecutors counted(SparkSession spark, int expected) {
    LostExecutors lost = new LostExecutors(expected);
    spark.sparkContext().addSparkListener(lost);
    return lost;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    missing.countDown();
  }

  /** How many there were; waits a while for those that are yet to be reported. */
  int count(Duration patience) {
    try {
      boolean isComplete = missing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      return isComplete ? expected : expected - (int) missing.getCount();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while counting lost executors", e);
    }
  }
}
