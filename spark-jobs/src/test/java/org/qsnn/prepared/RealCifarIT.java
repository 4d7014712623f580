package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.Places;
import org.qsnn.dataset.Split;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.Samples;
import org.qsnn.storage.FileStore;

/** Official pixels, where the data folder has them. */
@ExtendWith(SparkSessionExtension.class)
class RealCifarIT {
  private static final CifarFormat CIFAR10 = CifarFormat.CIFAR10;
  private static final int RECORD = CIFAR10.recordBytes();

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

  @Test
  void officialRecordsArriveInShardsByteForByte(SparkSession spark) throws IOException {
    byte[] train = official("data_batch_1.first4000.bin");
    byte[] test = official("test_batch.first932.bin");
    Path raw = Files.createDirectory(root.resolve("raw"));
    for (int i = 0; i < 5; i++) {
      byte[] part = Arrays.copyOfRange(train, i * 800 * RECORD, (i + 1) * 800 * RECORD);
      Files.write(raw.resolve(CIFAR10.trainFiles().get(i)), part);
    }
    Files.write(raw.resolve("test_batch.bin"), test);
    DatasetSource source = Places.cifar(CIFAR10, raw.toString());
    PreparedDataset dataset = Preparation.prepare(files, source, root.resolve("set").toString());

    assertThat(dataset.manifest().train().samples()).isEqualTo(4000);
    assertThat(dataset.manifest().test().samples()).isEqualTo(932);
    long[] ids = LongStream.range(0, 4000).toArray();
    try (ShardedSamples sharded = ShardedSamples.of(spark, dataset, Split.TRAIN, ids, 3)) {
      Samples[] shards = sharded.collect();
      for (int id = 0; id < 4000; id++) {
        assertEquals(shards[id % 3], id / 3, train, id);
      }
    }
  }

  private static void assertEquals(Samples shard, int index, byte[] records, int id) {
    int at = id * RECORD;
    assertThat(shard.label(index)).isEqualTo(records[at]);
    byte[] expected = Arrays.copyOfRange(records, at + 1, at + RECORD);
    assertThat(Arrays.equals(shard.payload(index), expected)).isTrue();
  }

  private static byte[] official(String name) throws IOException {
    String data = System.getProperty("data.dir", "../../shared/data");
    Path file = Path.of(data, "cifar10", "official-part", name);
    Assumptions.assumeTrue(Files.exists(file), () -> "no official records at " + file);
    return Files.readAllBytes(file);
  }
}
