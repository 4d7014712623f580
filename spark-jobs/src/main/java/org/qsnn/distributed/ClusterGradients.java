package org.qsnn.distributed;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.sample.Samples;
import org.qsnn.train.GradientSource;
import org.qsnn.train.ShardTask;

/** Gradients from the executors of a Spark application, whatever its master is. */
public final class ClusterGradients {
  private ClusterGradients() {}

  public static GradientSource of(SparkSession spark, ShardedSamples samples, ShardTask task) {
    return of(JavaSparkContext.fromSparkContext(spark.sparkContext()), samples.rdd(), task);
  }

  /**
   * @param shards one partition with one element a shard, persisted
   */
  public static GradientSource of(JavaSparkContext spark, JavaRDD<Samples> shards, ShardTask task) {
    return spark.sc().isLocal()
        ? new DriverGradientSource(spark.sc(), shards, task)
        : new SparkGradientSource(spark, shards, task, Reduce.of(spark.getConf()));
  }
}
