package org.qsnn.sweep;

import org.apache.spark.sql.SparkSession;
import org.qsnn.config.RunConfig;
import org.qsnn.storage.FileStore;
import org.qsnn.training.MemoryLimits;
import org.qsnn.training.RunData;
import org.qsnn.training.SparkBackend;

/** The data sets of a sweep's trials: each is opened, and its hash computed, once. */
final class SweepData implements AutoCloseable {
  private final SparkSession spark;
  private final FileStore files;
  private final PerData<SparkBackend> backends = new PerData<>(this::open);

  SweepData(SparkSession spark, FileStore files) {
    this.spark = spark;
    this.files = files;
  }

  private SparkBackend open(RunConfig config) {
    return new SparkBackend(spark, files, RunData.open(files, config));
  }

  RunData of(RunConfig config) {
    return backend(config).data();
  }

  String sha256(RunConfig config) {
    return backend(config).dataSha256();
  }

  /** All executors, which keep the samples until this is closed. */
  SparkBackend backend(RunConfig config) {
    return backends.of(config);
  }

  void requireMemory(RunConfig config) {
    MemoryLimits.of(spark.sparkContext()).requireTraining(config);
  }

  @Override
  public void close() {
    if (!spark.sparkContext().isStopped()) {
      backends.all().forEach(SparkBackend::close);
    }
  }
}
