package org.qsnn.training;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.qsnn.config.RunConfig;
import org.qsnn.distributed.ClusterGradients;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.distributed.WarmExecutors;
import org.qsnn.model.ImageInput;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;
import org.qsnn.storage.FileStore;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.Evaluator;
import org.qsnn.train.GradientSource;
import org.qsnn.train.KernelWarmUp;
import org.qsnn.train.ShardTask;

/**
 * Computes on all executors of a Spark application, which keep the samples until this is closed:
 * several trainings on the same samples read them once. Executors read data as well: a step whose
 * job failed for that is computed from its start.
 */
public final class SparkBackend implements Backend {
  private final SparkSession spark;
  private final FileStore files;
  private final RunData data;
  private ShardedSamples training;
  private ShardedSamples validation;
  private String dataSha256;
  private boolean isWarm;

  public SparkBackend(SparkSession spark, FileStore files, RunData data) {
    this.spark = spark;
    this.files = files;
    this.data = data;
  }

  /**
   * Opens what {@code dataset.*} names, preparing it first if it is raw.
   *
   * @throws org.qsnn.ConfigurationException if the network certainly does not fit into memory
   */
  public static SparkBackend open(SparkSession spark, FileStore files, RunConfig config) {
    // Before data is prepared, which takes its time.
    MemoryLimits.of(spark.sparkContext()).requireTraining(config);
    return new SparkBackend(spark, files, RunData.open(files, config));
  }

  public RunData data() {
    return data;
  }

  /** Once: trainings that share samples share executors. */
  @Override
  public synchronized void begin(KernelWarmUp warmUp) {
    if (!isWarm) {
      isWarm = true;
      WarmExecutors.begin(spark, warmUp);
    }
  }

  @Override
  public GradientSource gradients(ShardTask task) {
    GradientSource source = ClusterGradients.of(spark, training(), task);
    return new GradientSource() {
      @Override
      public Sum gradient(SynapticWeights weights, int epoch, int step) {
        return files.patiently(
            "data of a training step", () -> source.gradient(weights, epoch, step));
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  private synchronized ShardedSamples training() {
    if (training == null) {
      training = data.training(spark);
    }
    return training;
  }

  @Override
  public synchronized Optional<Evaluator> validation(EvaluationTask task) {
    if (validation == null) {
      validation = data.validation(spark).orElse(null);
    }
    return Optional.ofNullable(validation).map(samples -> evaluator(samples, task));
  }

  @Override
  public Evaluator test(EvaluationTask task) {
    return model -> {
      try (ShardedSamples samples = data.test(spark)) {
        return evaluator(samples, task).evaluate(model);
      }
    };
  }

  private Evaluator evaluator(ShardedSamples samples, EvaluationTask task) {
    SparkEvaluator evaluator = SparkEvaluator.of(spark, samples, task);
    return model -> files.patiently("data of an evaluation", () -> evaluator.evaluate(model));
  }

  @Override
  public List<String> classNames() {
    return data.dataset().manifest().classNames();
  }

  @Override
  public Optional<ImageInput> normalization() {
    return data.dataset().manifest().statistics().normalization();
  }

  @Override
  public int trainingSamples() {
    return data.split().train().length;
  }

  @Override
  public Samples someTraining(int count) {
    return data.someTraining(spark, count);
  }

  @Override
  public synchronized String dataSha256() {
    if (dataSha256 == null) {
      dataSha256 = data.dataset().dataSha256(spark);
    }
    return dataSha256;
  }

  @Override
  public synchronized void close() {
    if (training != null) {
      training.close();
    }
    if (validation != null) {
      validation.close();
    }
  }
}
