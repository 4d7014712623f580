package org.qsnn.distributed;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.qsnn.network.ShardGradient;
import org.qsnn.sample.Samples;
import org.qsnn.train.GroupTask;
import org.qsnn.train.ShardGroups;
import org.qsnn.train.ShardTask;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** What Spark runs on one partition, which is a group of shards, in one step. */
final class GradientFunction extends AbstractFunction1<Iterator<Samples>, ShardGradient>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ShardTask> task;
  private final SentWeights weights;
  private final ShardGroups groups;
  private final int threads;
  private final int epoch;
  private final int step;

  /** Of one step; a task computes a shard with each of its threads. */
  GradientFunction(
      Broadcast<ShardTask> task,
      SentWeights weights,
      ShardGroups groups,
      int threads,
      int epoch,
      int step) {
    this.task = task;
    this.weights = weights;
    this.groups = groups;
    this.threads = threads;
    this.epoch = epoch;
    this.step = step;
  }

  @Override
  public ShardGradient apply(Iterator<Samples> partition) {
    return new GroupTask(task.value(), groups, TaskContext.getPartitionId(), threads)
        .gradient(weights.value(), CollectionConverters.asJava(partition), epoch, step);
  }
}
