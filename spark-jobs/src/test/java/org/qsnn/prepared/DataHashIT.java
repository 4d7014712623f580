package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.SparkSessionExtension;
import org.qsnn.dataset.Places;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileStore;

/** The hash of a data set follows its samples, and nothing else. */
@ExtendWith(SparkSessionExtension.class)
class DataHashIT {
  private static final CifarFormat FORMAT = CifarFormat.CIFAR100;

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;
  private Path raw;

  @BeforeEach
  void writeFiles() throws IOException {
    raw = CifarFiles.write(root.resolve("raw"), FORMAT, 5);
  }

  @Test
  void isComputedFromTheRowsAsItIsWhenTheyAreWritten(SparkSession spark) {
    PreparedDataset dataset = prepare("set");

    assertThat(dataset.dataSha256(spark))
        .isEqualTo(dataset.manifest().dataSha256())
        .isEqualTo(prepare("another").dataSha256(spark))
        .hasSize(64);
  }

  @Test
  void doesNotFollowTheWayThatRowsAreCut(SparkSession spark) {
    PreparedDataset dataset = prepare("set");
    String key = "spark.sql.files.maxPartitionBytes";
    String usual = spark.conf().get(key);
    try {
      spark.conf().set(key, "4k");
      assertThat(dataset.dataSha256(spark)).isEqualTo(dataset.manifest().dataSha256());
    } finally {
      spark.conf().set(key, usual);
    }
  }

  @Test
  void anotherLabelIsAnotherHash(SparkSession spark) throws IOException {
    String before = prepare("set").dataSha256(spark);
    Path file = raw.resolve("train.bin");
    byte[] records = Files.readAllBytes(file);
    records[1] ^= 1;
    Files.write(file, records);

    assertThat(prepare("another").dataSha256(spark)).isNotEqualTo(before);
  }

  @Test
  void rowsThatTheManifestDoesNotMeanAreRefused(SparkSession spark) throws IOException {
    PreparedDataset dataset = prepare("set");
    rewrite(dataset, 6);

    assertThatThrownBy(() -> reopened(dataset).dataSha256(spark))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            dataset.path(), "data_sha256 " + dataset.manifest().dataSha256(), "prepare");
  }

  @Test
  void labelOfNoClassIsRefused(SparkSession spark) throws IOException {
    PreparedDataset dataset = prepare("set");
    rewrite(dataset, 100);

    assertThatThrownBy(() -> reopened(dataset).dataSha256(spark))
        .isInstanceOf(SparkException.class)
        .cause()
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("expected labels from 0 to 99", "sample 0 with 100");
  }

  /** Writes the test file anew with one sample, and its length into the manifest. */
  private void rewrite(PreparedDataset dataset, int label) throws IOException {
    Path file = root.resolve("set/test/test.parquet");
    long before = Files.size(file);
    try (OutputStream out = Files.newOutputStream(file);
        ParquetSamples parquet = new ParquetSamples(out)) {
      parquet.write(0, label, CifarFiles.payload(1_000_000));
    }
    Path manifest = root.resolve("set/manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(
        manifest, text.replace("\"bytes\" : " + before, "\"bytes\" : " + Files.size(file)));
    assertThat(dataset.manifest().test().files()).hasSize(1);
  }

  private PreparedDataset reopened(PreparedDataset dataset) {
    return PreparedDataset.open(files, dataset.path());
  }

  private PreparedDataset prepare(String name) {
    return Preparation.prepare(
        files, Places.cifar(FORMAT, raw.toString()), root.resolve(name).toString());
  }
}
