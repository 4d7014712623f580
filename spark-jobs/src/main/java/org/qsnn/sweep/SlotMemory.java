package org.qsnn.sweep;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.qsnn.distributed.Slots;
import org.qsnn.training.MemoryPlan;

/**
 * What an executor has for the tasks that run in it at a time.
 *
 * @param heapBytes of an executor; as much is there off the heap
 * @param tasks at a time
 */
record SlotMemory(long heapBytes, int tasks) {
  static SlotMemory of(SparkContext spark) {
    SparkConf conf = spark.getConf();
    if (spark.isLocal()) {
      return new SlotMemory(Runtime.getRuntime().maxMemory(), Slots.now(spark));
    }
    int cores = conf.getInt("spark.executor.cores", Math.max(1, spark.defaultParallelism()));
    return new SlotMemory(
        conf.getSizeAsBytes("spark.executor.memory", "1g"),
        Math.max(1, cores / Slots.coresEach(spark)));
  }

  boolean fits(MemoryPlan plan) {
    return plan.heapBytesOfWholeTrainings(tasks) <= heapBytes
        && plan.executorNativeBytes(tasks) <= heapBytes;
  }
}
