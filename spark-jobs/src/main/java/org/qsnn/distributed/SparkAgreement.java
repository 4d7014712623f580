package org.qsnn.distributed;

import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.qsnn.model.PackedModel;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.sample.Samples;
import org.qsnn.train.AgreementTask;
import org.qsnn.train.AgreementTask.Result;

/** Evaluates with floats and with integers on a cluster, as {@link SparkEvaluator} does. */
public final class SparkAgreement {
  private final JavaSparkContext spark;
  private final JavaRDD<Samples> shards;
  private final AgreementTask task;

  public SparkAgreement(SparkSession spark, ShardedSamples samples, AgreementTask task) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.shards = samples.rdd();
    this.task = task;
  }

  public Result evaluate(PackedModel model) {
    Broadcast<byte[]> broadcast = spark.broadcast(SparkEvaluator.bytes(model));
    try {
      Result sum = Result.none(model.spec());
      for (Result shard :
          SparkEvaluator.collect(spark, shards.map(new EvaluateShard(broadcast, task)))) {
        sum = sum.merge(shard);
      }
      return sum;
    } finally {
      broadcast.destroy();
    }
  }

  private static final class EvaluateShard implements Function<Samples, Result> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> model;
    private final AgreementTask task;

    EvaluateShard(Broadcast<byte[]> model, AgreementTask task) {
      this.model = model;
      this.task = task;
    }

    @Override
    public Result call(Samples samples) throws IOException {
      return task.evaluate(SparkEvaluator.model(model.value()), samples);
    }
  }
}
