package org.qsnn.distributed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.PackedModel;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.sample.Samples;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.Evaluator;

/** Evaluates on a cluster: one task a shard, results merged in shard order. */
public final class SparkEvaluator implements Evaluator {
  private final JavaSparkContext spark;
  private final JavaRDD<Samples> shards;
  private final EvaluationTask task;

  /**
   * @param shards one element a partition
   */
  public SparkEvaluator(JavaSparkContext spark, JavaRDD<Samples> shards, EvaluationTask task) {
    this.spark = spark;
    this.shards = shards;
    this.task = task;
  }

  public static SparkEvaluator of(SparkSession spark, ShardedSamples samples, EvaluationTask task) {
    return new SparkEvaluator(
        JavaSparkContext.fromSparkContext(spark.sparkContext()), samples.rdd(), task);
  }

  @Override
  public Evaluation evaluate(PackedModel model) {
    Broadcast<byte[]> broadcast = spark.broadcast(bytes(model));
    try {
      Evaluation sum = Evaluation.none(model.spec());
      for (Evaluation shard : collect(spark, shards.map(new EvaluateShard(broadcast, task)))) {
        sum = sum.merge(shard);
      }
      return sum;
    } finally {
      broadcast.destroy();
    }
  }

  static <T> List<T> collect(JavaSparkContext spark, JavaRDD<T> evaluations) {
    JavaFutureAction<List<T>> job = evaluations.collectAsync();
    try {
      return job.get();
    } catch (ExecutionException e) {
      throw RunningJobs.failure(spark.sc(), "an evaluation's job", e.getCause());
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an evaluation", e);
    }
  }

  /** A model travels as its file, the one form of it that is not an object graph. */
  private static final class EvaluateShard implements Function<Samples, Evaluation> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> model;
    private final EvaluationTask task;

    EvaluateShard(Broadcast<byte[]> model, EvaluationTask task) {
      this.model = model;
      this.task = task;
    }

    @Override
    public Evaluation call(Samples samples) throws IOException {
      return task.evaluate(model(model.value()), samples);
    }
  }

  static PackedModel model(byte[] file) throws IOException {
    return PackedModel.read(new ByteArrayInputStream(file), file.length, "broadcast model");
  }

  static byte[] bytes(PackedModel model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      model.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
