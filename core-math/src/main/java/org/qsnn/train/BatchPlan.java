package org.qsnn.train;

import java.util.Arrays;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.tensor.RandomStream;

/**
 * Which samples of a shard a step trains on: a pure function of (seed, epoch, shard, step). Each
 * epoch permutes the shard anew; an incomplete last batch is dropped.
 *
 * @param seed of the run
 * @param shardBatch samples of one shard's batch
 */
public record BatchPlan(long seed, int shardBatch) {
  private static final long PURPOSE = 0x6261746368L;

  /**
   * Indices into the shard's samples in id order.
   *
   * @throws IllegalArgumentException if the shard has no such batch
   */
  public int[] indices(int shard, int shardSize, int epoch, int step) {
    if (step < 0 || (step + 1L) * shardBatch > shardSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "shard %d has %d samples: no batch %d of %d",
              shard,
              shardSize,
              step,
              shardBatch));
    }
    int[] order = RandomStream.of(seed, PURPOSE, epoch, shard).permutation(shardSize);
    return Arrays.copyOfRange(order, step * shardBatch, (step + 1) * shardBatch);
  }

  /**
   * Steps of an epoch.
   *
   * @throws ConfigurationException if there are too few samples for one step
   */
  public int steps(long trainingSamples, int shards) {
    long steps = trainingSamples / ((long) shards * shardBatch);
    if (steps == 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "train.batch-size: must be at most the number of training samples, %d; found %d",
              trainingSamples,
              shards * shardBatch));
    }
    return Math.toIntExact(steps);
  }
}
