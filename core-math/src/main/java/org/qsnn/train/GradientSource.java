package org.qsnn.train;

import org.qsnn.network.ShardGradient;
import org.qsnn.quantize.SynapticWeights;

/** Where a step's gradient comes from: a loop over the shards here, tasks on a cluster there. */
public interface GradientSource extends AutoCloseable {
  /**
   * The sum over all shards in the shape of {@link org.qsnn.network.TreeSum}.
   *
   * @throws java.util.concurrent.CancellationException if it was ended from outside
   */
  Sum gradient(SynapticWeights weights, int epoch, int step);

  /** Frees what it has taken for computing. */
  @Override
  default void close() {}

  /**
   * @param computeSeconds until the last shard's gradient was there
   * @param reduceSeconds from then until the sum was done
   * @param longestSeconds of the shard that took longest to compute
   */
  record Sum(
      ShardGradient total, double computeSeconds, double reduceSeconds, double longestSeconds) {}
}
