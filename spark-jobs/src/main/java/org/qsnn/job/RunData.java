package org.qsnn.job;

import java.util.Optional;
import java.util.OptionalLong;
import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.data.DatasetCache;
import org.qsnn.data.Manifest;
import org.qsnn.data.PreparedDataset;
import org.qsnn.data.ShardedSamples;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.dataset.DatasetSplit;
import org.qsnn.dataset.SplitOptions;
import org.qsnn.source.SourceFile;
import org.qsnn.source.Split;
import org.qsnn.storage.FileStore;

/** A run's samples: the prepared dataset, which of it is trained, validated and tested. */
record RunData(PreparedDataset dataset, DatasetSplit split, int shards) {

  /** Opens what {@code dataset.*} names, preparing it first if it is raw. */
  static RunData open(Session session, RunConfig config) {
    PreparedDataset dataset = prepared(session.files(), config);
    return new RunData(
        dataset, split(config.dataset(), dataset.manifest()), config.train().shards());
  }

  /** The prepared form of what {@code dataset.*} names, made now if need be. */
  static PreparedDataset prepared(FileStore files, RunConfig config) {
    return new DatasetCache(files, cacheFolder(files, config))
        .resolve(Sources.of(config.dataset()));
  }

  private static DatasetSplit split(DatasetSection section, Manifest manifest) {
    SplitOptions options =
        new SplitOptions(
            limit(section.limitTrain()), limit(section.limitTest()), section.validationFraction());
    return section.kind() == DatasetKind.RECORDINGS
        ? DatasetSplit.ofWindows(
            perFile(manifest, Split.TRAIN),
            perFile(manifest, Split.TEST),
            section.recordings().cut().overlapping(),
            options)
        : DatasetSplit.of(manifest.train().samples(), manifest.test().samples(), options);
  }

  private static long[] perFile(Manifest manifest, Split split) {
    return manifest.sources(split).stream().mapToLong(SourceFile::samples).toArray();
  }

  int classes() {
    return dataset.manifest().classNames().size();
  }

  /** Cached on executors: every epoch reads them. */
  ShardedSamples training(Session session) {
    return cached(session, Split.TRAIN, split.train());
  }

  /** Empty if nothing is left to validate on. */
  Optional<ShardedSamples> validation(Session session) {
    return split.validation().length == 0
        ? Optional.empty()
        : Optional.of(cached(session, Split.TRAIN, split.validation()));
  }

  ShardedSamples test(Session session) {
    return sharded(session, Split.TEST, split.test());
  }

  private ShardedSamples cached(Session session, Split from, long[] ids) {
    return sharded(session, from, ids).persisted();
  }

  /** Spark looks at the files itself. */
  private ShardedSamples sharded(Session session, Split from, long[] ids) {
    return session
        .files()
        .patiently(
            dataset.path(), () -> ShardedSamples.of(session.spark(), dataset, from, ids, shards));
  }

  /** Where raw data is prepared into. */
  static String cacheFolder(FileStore files, RunConfig config) {
    return config
        .dataset()
        .cacheDir()
        .orElseGet(() -> files.parent(config.run().dir()).replaceFirst("/*$", "/.dataset-cache"));
  }

  private static OptionalLong limit(int limit) {
    return limit == Integer.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
