package org.qsnn.distributed;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.qsnn.network.ShardGradient;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;
import org.qsnn.train.ShardTask;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What Spark runs on one partition, which is one shard, in one step. */
final class GradientFunction extends AbstractFunction1<Iterator<Samples>, ShardGradient>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ShardTask> task;
  private final Broadcast<SynapticWeights> weights;
  private final int epoch;
  private final int step;

  GradientFunction(
      Broadcast<ShardTask> task, Broadcast<SynapticWeights> weights, int epoch, int step) {
    this.task = task;
    this.weights = weights;
    this.epoch = epoch;
    this.step = step;
  }

  @Override
  public ShardGradient apply(Iterator<Samples> partition) {
    int shard = TaskContext.getPartitionId();
    return task.value().gradient(weights.value(), partition.next(), shard, epoch, step);
  }
}
