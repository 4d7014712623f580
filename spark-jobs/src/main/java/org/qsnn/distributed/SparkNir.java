package org.qsnn.distributed;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.qsnn.metric.Confusion;
import org.qsnn.nir.NirTask;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.sample.Samples;

/** Lets a NIR file answer on a cluster, as {@link SparkEvaluator} lets a model. */
public final class SparkNir {
  private final JavaSparkContext spark;
  private final JavaRDD<Samples> shards;
  private final NirTask task;

  public SparkNir(SparkSession spark, ShardedSamples samples, NirTask task) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.shards = samples.rdd();
    this.task = task;
  }

  /** What the graph of the file takes each of the classes for. */
  public Confusion evaluate(byte[] file, int classes) {
    Broadcast<byte[]> broadcast = spark.broadcast(file);
    try {
      Confusion sum = new Confusion(classes);
      for (Confusion shard :
          SparkEvaluator.collect(spark, shards.map(new EvaluateShard(broadcast, task)))) {
        sum = sum.merge(shard);
      }
      return sum;
    } finally {
      broadcast.destroy();
    }
  }

  private static final class EvaluateShard implements Function<Samples, Confusion> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> file;
    private final NirTask task;

    EvaluateShard(Broadcast<byte[]> file, NirTask task) {
      this.file = file;
      this.task = task;
    }

    @Override
    public Confusion call(Samples samples) {
      return task.evaluate(file.value(), samples);
    }
  }
}
