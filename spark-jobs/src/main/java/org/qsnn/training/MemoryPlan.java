package org.qsnn.training;

import org.qsnn.config.RunConfig;
import org.qsnn.distributed.Reduce;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.prepared.Manifest;
import org.qsnn.train.ShardTask;

/**
 * What a training takes of memory: estimates, rather too much than too little.
 *
 * @param taskNativeBytes off the heap of an executor, for one task: what forward leaves for
 *     backward, and scratch
 * @param taskHeapBytes of an executor, for one task: unpacked weights, gradients and sums of them
 * @param cachedBytes of all executors together: the samples
 * @param driverBytes of the driver: weights, optimizer, the step's sum and gradients that wait for
 *     it
 */
public record MemoryPlan(
    long taskNativeBytes, long taskHeapBytes, long cachedBytes, long driverBytes) {
  /**
   * Tensors of the size of all neurons over all timesteps that a step holds at a time: the currents
   * of all layers, and the gradients of the largest.
   */
  private static final int TENSORS_PER_NEURON = 2;

  private static final int WEIGHT_COPIES_OF_A_TASK = 4;
  private static final int WEIGHT_COPIES_OF_THE_DRIVER = 8;

  /** For what every JVM holds: classes, Spark's own, room for the garbage collector. */
  static final long BASE_BYTES = 512L << 20;

  /**
   * @param batch samples of one shard in one step
   * @param samples that executors keep
   * @param sampleBytes of one of them
   * @param shards of a step: a task may compute all of them, where one sum for each level of the
   *     tree waits, or each may be a task's, where the driver takes in what {@link
   *     Reduce#DRIVER_BYTES} allows
   */
  public static MemoryPlan of(
      NetworkSpec network, int batch, long samples, long sampleBytes, int shards) {
    Footprint footprint = Footprint.of(network);
    long weights = footprint.floatBytes();
    long together = (long) batch * Math.min(shards, ShardTask.together(network, batch));
    return new MemoryPlan(
        footprint.neurons() * network.timesteps() * together * Float.BYTES * TENSORS_PER_NEURON,
        (WEIGHT_COPIES_OF_A_TASK + levels(shards)) * weights,
        samples * sampleBytes,
        WEIGHT_COPIES_OF_THE_DRIVER * weights + waiting(shards, weights));
  }

  private static int levels(int shards) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(shards - 1);
  }

  private static long waiting(int shards, long weights) {
    return Math.min(shards * weights, Math.max(2 * weights, Reduce.DRIVER_BYTES));
  }

  /** Of a run on its data. */
  public static MemoryPlan of(RunConfig config, NetworkSpec network, RunData data) {
    return of(
        network,
        config.train().shardBatchSize(),
        data.split().train().length + data.split().validation().length,
        bytesPerSample(data.dataset().manifest()),
        config.train().shards());
  }

  private static long bytesPerSample(Manifest manifest) {
    long bytes = manifest.train().files().stream().mapToLong(Manifest.StoredFile::bytes).sum();
    long plain =
        manifest.payload().shape().stream()
            .mapToLong(Integer::longValue)
            .reduce(1, Math::multiplyExact);
    return Math.max(plain, bytes / Math.max(1, manifest.train().samples()));
  }

  /**
   * Heap of an executor in which so many trainings run at a time, each in one task: every task is
   * its own driver, and the samples are there once, and once more as they were sent.
   */
  public long heapBytesOfWholeTrainings(int tasks) {
    return BASE_BYTES + tasks * (taskHeapBytes + driverBytes) + 2 * cachedBytes;
  }

  /** Heap of an executor with so many tasks at a time, which is one of so many. */
  public long executorHeapBytes(int tasks, int executors) {
    return BASE_BYTES + tasks * taskHeapBytes + 2 * cachedBytes / executors;
  }

  public long executorNativeBytes(int tasks) {
    return tasks * taskNativeBytes;
  }

  public long driverHeapBytes() {
    return BASE_BYTES + driverBytes;
  }
}
