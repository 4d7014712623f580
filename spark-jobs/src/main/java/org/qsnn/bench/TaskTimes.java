package org.qsnn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** How long the longest task of each stage ran, of tasks that start from now on. */
final class TaskTimes extends SparkListener {
  private static final long PATIENCE_SECONDS = 60;

  private final Map<Integer, Long> longest = new TreeMap<>();
  private final CountDownLatch missing;
  private final long startMillis = System.currentTimeMillis();

  /**
   * @param tasks that Spark will report
   */
  TaskTimes(int tasks) {
    this.missing = new CountDownLatch(tasks);
  }

  /** News of tasks that ended before this listened may still arrive. */
  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.taskInfo().launchTime() < startMillis) {
      return;
    }
    longest.merge(task.stageId(), task.taskMetrics().executorRunTime(), Math::max);
    missing.countDown();
  }

  /** Seconds of each stage's longest task, in the order of the stages. */
  double[] seconds() {
    try {
      if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "Spark has not reported %d tasks after %d s",
                missing.getCount(),
                PATIENCE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Spark's listener", e);
    }
    synchronized (this) {
      List<Long> millis = new ArrayList<>(longest.values());
      return millis.stream().mapToDouble(ms -> ms / 1e3).toArray();
    }
  }
}
