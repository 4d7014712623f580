package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.SparkSessionExtension;
import org.qsnn.dataset.Places;
import org.qsnn.dataset.Split;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.Samples;
import org.qsnn.storage.FileStore;

@ExtendWith(SparkSessionExtension.class)
class ShardedSamplesIT {
  private static final CifarFormat CIFAR10 = CifarFormat.CIFAR10;

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;
  private PreparedDataset dataset;

  @BeforeEach
  void prepare() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CIFAR10, 7);
    dataset =
        Preparation.prepare(
            files, Places.cifar(CIFAR10, raw.toString()), root.resolve(".hidden/set").toString());
  }

  @Test
  void shardOwnsTheRanksThatAreItsNumberModuloTheirCount(SparkSession spark) {
    long[] ids = LongStream.range(0, 35).filter(id -> id % 3 != 1).toArray();
    Samples[] shards = collect(spark, ids, 4);

    assertThat(shards).hasSize(4);
    for (int rank = 0; rank < ids.length; rank++) {
      assertHolds(shards[rank % 4], rank / 4, (int) ids[rank]);
    }
    assertThat(LongStream.range(0, 4).map(s -> shards[(int) s].size()).sum()).isEqualTo(ids.length);
  }

  @Test
  void oneShardHasAllInOrder(SparkSession spark) {
    Samples all = collect(spark, LongStream.range(0, 35).toArray(), 1)[0];

    assertThat(all.size()).isEqualTo(35);
    for (int id = 0; id < 35; id++) {
      assertHolds(all, id, id);
    }
  }

  @Test
  void shardsBeyondTheIdsAreEmpty(SparkSession spark) {
    Samples[] shards = collect(spark, new long[] {5, 6}, 4);

    assertThat(shards).extracting(Samples::size).containsExactly(1, 1, 0, 0);
    assertHolds(shards[1], 0, 6);
  }

  @Test
  void wayThatRowsAreCutDoesNotMatter(SparkSession spark) {
    long[] ids = LongStream.range(0, 35).toArray();
    Samples[] whole = collect(spark, ids, 3);
    String key = "spark.sql.files.maxPartitionBytes";
    String usual = spark.conf().get(key);
    try {
      spark.conf().set(key, "4k");
      Samples[] cut = collect(spark, ids, 3);
      for (int shard = 0; shard < 3; shard++) {
        assertSame(cut[shard], whole[shard]);
      }
    } finally {
      spark.conf().set(key, usual);
    }
  }

  @Test
  void lostShardIsReadAgain(SparkSession spark) {
    try (ShardedSamples sharded = sharded(spark, LongStream.range(0, 35).toArray(), 2)) {
      JavaRDD<Samples> rdd = sharded.rdd().persist(StorageLevel.MEMORY_AND_DISK());
      Samples[] before = sharded.collect();
      rdd.unpersist(true);
      Samples[] after = sharded.collect();
      assertSame(after[0], before[0]);
      assertSame(after[1], before[1]);
      assertThat(after[0]).isNotSameAs(before[0]);
    }
  }

  @Test
  void splitsAreNumberedApart(SparkSession spark) {
    try (ShardedSamples test = ShardedSamples.of(spark, dataset, Split.TEST, new long[] {0}, 1)) {
      assertThat(test.collect()[0].payload(0)).isEqualTo(CifarFiles.payload(1_000_000));
    }
  }

  @Test
  void idThatTheSetDoesNotHaveIsNamed(SparkSession spark) {
    assertThatThrownBy(() -> collect(spark, new long[] {3, 35}, 2))
        .isInstanceOf(SparkException.class)
        .cause()
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(dataset.path(), "shard 1 of 2", "expected id 35");
  }

  @Test
  void damagedPageIsFoundWhileReading(SparkSession spark) throws IOException {
    Path file = root.resolve(".hidden/set/train/data_batch_1.parquet");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> collect(spark, LongStream.range(0, 35).toArray(), 2))
        .isInstanceOf(SparkException.class)
        .cause()
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            file.toString(), "CRC checksum verification failed", "delete " + dataset.path());
  }

  @Test
  void idsMustAscend(SparkSession spark) {
    assertThatThrownBy(() -> sharded(spark, new long[] {1, 1}, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sharded(spark, new long[] {1}, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ShardedSamples sharded(SparkSession spark, long[] ids, int shards) {
    return ShardedSamples.of(spark, dataset, Split.TRAIN, ids, shards);
  }

  private Samples[] collect(SparkSession spark, long[] ids, int shards) {
    try (ShardedSamples sharded = sharded(spark, ids, shards)) {
      return sharded.collect();
    }
  }

  private static void assertHolds(Samples samples, int index, int id) {
    assertThat(samples.id(index)).isEqualTo(id);
    assertThat(samples.label(index)).isEqualTo(CifarFiles.label(CIFAR10, id));
    assertThat(Arrays.equals(samples.payload(index), CifarFiles.payload(id))).isTrue();
  }

  private static void assertSame(Samples found, Samples expected) {
    assertThat(found.size()).isEqualTo(expected.size());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.id(i)).isEqualTo(expected.id(i));
      assertThat(found.label(i)).isEqualTo(expected.label(i));
      assertThat(Arrays.equals(found.payload(i), expected.payload(i))).isTrue();
    }
  }
}
