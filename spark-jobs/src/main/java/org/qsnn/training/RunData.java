package org.qsnn.training;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.SourceFile;
import org.qsnn.dataset.Split;
import org.qsnn.prepared.DatasetCache;
import org.qsnn.prepared.Manifest;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.sample.DatasetSplit;
import org.qsnn.sample.Samples;
import org.qsnn.sample.SplitOptions;
import org.qsnn.storage.FileStore;

/** A run's samples: the prepared data set, which of it is trained, validated and tested. */
public record RunData(FileStore files, PreparedDataset dataset, DatasetSplit split, int shards) {

  /** Opens what {@code dataset.*} names, preparing it first if it is raw. */
  public static RunData open(FileStore files, RunConfig config) {
    PreparedDataset dataset = prepared(files, config);
    return new RunData(
        files, dataset, split(config.dataset(), dataset.manifest()), config.train().shards());
  }

  /** The prepared form of what {@code dataset.*} names, made now if need be. */
  static PreparedDataset prepared(FileStore files, RunConfig config) {
    return new DatasetCache(files, cacheFolder(files, config)).resolve(config.dataset().source());
  }

  private static DatasetSplit split(DatasetSection section, Manifest manifest) {
    SplitOptions options =
        new SplitOptions(
            limit(section.limitTrain()), limit(section.limitTest()), section.validationFraction());
    return section.kind().hasWindows()
        ? DatasetSplit.ofWindows(
            perFile(manifest, Split.TRAIN),
            manifest.sources(Split.TRAIN).stream().map(section.kind()::group).toList(),
            perFile(manifest, Split.TEST),
            section.recordings().cut().overlapping(),
            options)
        : DatasetSplit.of(manifest.train().samples(), manifest.test().samples(), options);
  }

  private static long[] perFile(Manifest manifest, Split split) {
    return manifest.sources(split).stream().mapToLong(SourceFile::samples).toArray();
  }

  public int classes() {
    return dataset.manifest().classNames().size();
  }

  /** Cached on executors: every epoch reads them. */
  ShardedSamples training(SparkSession spark) {
    return cached(spark, Split.TRAIN, split.train());
  }

  /** Empty if nothing is left to validate on. */
  Optional<ShardedSamples> validation(SparkSession spark) {
    return split.validation().length == 0
        ? Optional.empty()
        : Optional.of(cached(spark, Split.TRAIN, split.validation()));
  }

  /** All of them, read at once: one element for each shard. */
  public Samples[] trainingSamples(SparkSession spark) {
    return collected(spark, split.train());
  }

  /** Evenly spread over those that are trained on. */
  Samples someTraining(SparkSession spark, int count) {
    long[] train = split.train();
    long[] ids = IntStream.of(Ranks.spread(count, train.length)).mapToLong(r -> train[r]).toArray();
    return new RunData(files, dataset, split, 1).collected(spark, ids)[0];
  }

  /** The same to validate on; none if nothing is left. */
  public Samples[] validationSamples(SparkSession spark) {
    return split.validation().length == 0 ? new Samples[0] : collected(spark, split.validation());
  }

  private Samples[] collected(SparkSession spark, long[] ids) {
    return files.patiently(
        dataset.path(),
        () -> {
          try (ShardedSamples samples = sharded(spark, Split.TRAIN, ids)) {
            return samples.collect();
          }
        });
  }

  public ShardedSamples test(SparkSession spark) {
    return sharded(spark, Split.TEST, split.test());
  }

  private ShardedSamples cached(SparkSession spark, Split from, long[] ids) {
    return sharded(spark, from, ids).persisted();
  }

  /** Spark looks at the files itself. */
  private ShardedSamples sharded(SparkSession spark, Split from, long[] ids) {
    return files.patiently(
        dataset.path(), () -> ShardedSamples.of(spark, dataset, from, ids, shards));
  }

  /** Where raw data is prepared into. */
  public static String cacheFolder(FileStore files, RunConfig config) {
    return config
        .dataset()
        .cacheDir()
        .orElseGet(
            () -> files.paths().parent(config.run().dir()).replaceFirst("/*$", "/.dataset-cache"));
  }

  private static OptionalLong limit(int limit) {
    return limit == Integer.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
