package org.qsnn.distributed;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/** Tasks that run at a time. */
public final class Slots {
  /** As {@link SparkContext#DRIVER_IDENTIFIER}, which is Spark's own. */
  private static final String DRIVER = "driver";

  private Slots() {}

  /** On the cores that are there now. */
  public static int now(SparkContext spark) {
    return Math.max(1, spark.defaultParallelism() / coresEach(spark));
  }

  /** Cores of one task, as {@code spark.task.cpus} says. */
  public static int coresEach(SparkContext spark) {
    return spark.getConf().getInt("spark.task.cpus", 1);
  }

  /**
   * Of the executors that are there; where Spark asks for executors as it needs them, of as many as
   * it may have.
   */
  public static int available(SparkContext spark) {
    SparkConf conf = spark.getConf();
    int now = ofExecutors(spark);
    if (!conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return now;
    }
    long executors = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
    int each = Math.max(1, conf.getInt("spark.executor.cores", 1) / coresEach(spark));
    return (int) Math.max(now, Math.min(Integer.MAX_VALUE, executors * each));
  }

  private static int ofExecutors(SparkContext spark) {
    int slots =
        CollectionConverters.asJava(spark.statusStore().executorList(true)).stream()
            .filter(executor -> !executor.id().equals(DRIVER))
            .mapToInt(ExecutorSummary::maxTasks)
            .sum();
    return slots > 0 ? slots : now(spark);
  }
}
