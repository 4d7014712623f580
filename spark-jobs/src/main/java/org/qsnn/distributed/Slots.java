package org.qsnn.distributed;

import org.apache.spark.SparkContext;

/** Tasks that run at a time. */
public final class Slots {
  private Slots() {}

  /** On the cores that are there now. */
  public static int now(SparkContext spark) {
    return Math.max(1, spark.defaultParallelism() / coresEach(spark));
  }

  /** Cores of one task, as {@code spark.task.cpus} says. */
  public static int coresEach(SparkContext spark) {
    return spark.getConf().getInt("spark.task.cpus", 1);
  }
}
