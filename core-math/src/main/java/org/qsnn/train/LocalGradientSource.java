package org.qsnn.train;

import java.util.List;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;

/** Gradients without a cluster: one shard after the other in the calling thread. */
public final class LocalGradientSource implements GradientSource {
  private final ShardTask task;
  private final List<Samples> shards;

  public LocalGradientSource(ShardTask task, List<Samples> shards) {
    this.task = task;
    this.shards = List.copyOf(shards);
  }

  @Override
  public Sum gradient(SynapticWeights weights, int epoch, int step) {
    long start = System.nanoTime();
    TreeSum sum = new TreeSum(shards.size());
    long reducing = 0;
    for (int shard = 0; shard < shards.size(); shard++) {
      ShardGradient gradient = task.gradient(weights, shards.get(shard), shard, epoch, step);
      long arrived = System.nanoTime();
      sum.add(shard, gradient);
      reducing += System.nanoTime() - arrived;
    }
    long spent = System.nanoTime() - start;
    return new Sum(sum.total(), (spent - reducing) / 1e9, reducing / 1e9);
  }
}
