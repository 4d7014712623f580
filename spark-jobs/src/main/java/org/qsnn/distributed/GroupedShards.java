package org.qsnn.distributed;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.qsnn.sample.Samples;
import org.qsnn.train.ShardGroups;
import scala.Option;

/**
 * Groups of shards as partitions, each with its shards as elements in order. Executors keep shards,
 * not groups: how they are grouped may change from step to step. Spark computes a group where its
 * first shard is kept.
 */
final class GroupedShards implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  private final ShardGroups groups;

  private GroupedShards(ShardGroups groups) {
    this.groups = groups;
  }

  /**
   * @param shards one partition with one element a shard
   */
  static RDD<Samples> of(JavaRDD<Samples> shards, ShardGroups groups) {
    return groups.size() == 1
        ? shards.rdd()
        : shards
            .rdd()
            .coalesce(groups.count(), false, Option.apply(new GroupedShards(groups)), null);
  }

  @Override
  public PartitionGroup[] coalesce(int maxPartitions, RDD<?> parent) {
    PartitionGroup[] partitions = new PartitionGroup[groups.count()];
    for (int group = 0; group < partitions.length; group++) {
      partitions[group] = new PartitionGroup(Option.empty());
      for (int i = 0; i < groups.sizeOf(group); i++) {
        partitions[group].partitions().$plus$eq(parent.partitions()[groups.first(group) + i]);
      }
    }
    return partitions;
  }
}
