package org.qsnn.prepared;

import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.qsnn.dataset.Split;
import org.qsnn.sample.Samples;

/**
 * Samples in logical shards: shard {@code s} of {@code S} owns the samples whose rank in a list of
 * ids is s modulo S. How the Parquet files are cut does not matter, and a shard that is lost with
 * an executor is read again with the same content.
 */
public final class ShardedSamples implements AutoCloseable {
  private final JavaRDD<Samples> rdd;
  private final Broadcast<long[]> ids;

  private ShardedSamples(JavaRDD<Samples> rdd, Broadcast<long[]> ids) {
    this.rdd = rdd;
    this.ids = ids;
  }

  /**
   * Plans the shards; nothing is read yet.
   *
   * @param ids ascending; samples that are not in it are left out
   * @param shards number of shards; those beyond the number of ids are empty
   */
  public static ShardedSamples of(
      SparkSession spark, PreparedDataset dataset, Split split, long[] ids, int shards) {
    requireAscending(ids);
    if (shards < 1) {
      throw new IllegalArgumentException("expected at least one shard, found " + shards);
    }
    Broadcast<long[]> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(ids.clone());
    JavaRDD<Samples> rdd =
        dataset
            .samples(spark, split)
            .filter(new ShardTasks.IsListed(broadcast))
            .mapToPair(new ShardTasks.Assign(broadcast, shards))
            // An integer's hash is itself: shard s becomes partition s.
            .partitionBy(new HashPartitioner(shards))
            .mapPartitionsWithIndex(
                new ShardTasks.Assemble(broadcast, shards, dataset.path()), true);
    return new ShardedSamples(rdd, broadcast);
  }

  /** Lets executors keep the shards from their first use on. */
  public ShardedSamples persisted() {
    rdd.persist(StorageLevel.MEMORY_AND_DISK());
    return this;
  }

  /** Exactly one partition for each shard, with exactly one element. */
  public JavaRDD<Samples> rdd() {
    return rdd;
  }

  /** All shards on the driver, in order. */
  public Samples[] collect() {
    return rdd.collect().toArray(Samples[]::new);
  }

  /** Frees what executors keep; the shards cannot be computed after that. */
  @Override
  public void close() {
    rdd.unpersist();
    ids.destroy();
  }

  private static void requireAscending(long[] ids) {
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] <= ids[i - 1]) {
        throw new IllegalArgumentException(
            "expected ascending ids, found " + ids[i] + " after " + ids[i - 1]);
      }
    }
  }
}
