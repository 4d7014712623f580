package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.prepared.CifarFiles;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FaultyFileSystem;
import org.qsnn.storage.FaultyFileSystem.Fault;

/** Bad data is one line on the console and exit code 3, and nothing is left of the attempt. */
@ExtendWith(SparkSessionExtension.class)
class BadDataIT {
  private static final int RECORD = 3073;

  private final SparkSession spark;
  @TempDir private Path root;
  private TinyTraining tiny;
  private Path raw;

  BadDataIT(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void writeGoodSource() throws IOException {
    tiny = TinyTraining.in(root);
    raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR10, 8);
  }

  @Test
  void truncatedFile() throws IOException {
    resize("data_batch_2.bin", 2 * RECORD + 17);

    assertRejected("cifar10", raw, raw + "/data_batch_2.bin: truncated", "found 6163");
  }

  @Test
  void oversizedFile() throws IOException {
    resize("data_batch_5.bin", 10_001L * RECORD);

    assertRejected("cifar10", raw, raw + "/data_batch_5.bin: oversized", "found 30733073");
  }

  @Test
  void labelOutOfRange() throws IOException {
    byte[] records = CifarFiles.records(CifarFormat.CIFAR10, 0, 8);
    records[2 * RECORD] = 10;
    Files.write(raw.resolve("data_batch_4.bin"), records);

    assertRejected("cifar10", raw, raw + "/data_batch_4.bin", "offset 6146", "0…9", "found 10");
  }

  @Test
  void archiveWithAnotherHashThanThePublishedOne() throws IOException {
    Path archive =
        CifarFiles.archive(
            root.resolve("cifar-10-binary.tar.gz"),
            raw,
            "cifar-10-batches-bin/",
            CifarFiles.names(CifarFormat.CIFAR10));

    assertRejected(
        "cifar10", archive, archive.toString(), "MD5 c32a1d4ab5d03f1284b67883e8d87530", "found");
  }

  @Test
  void missingPath() throws IOException {
    Path nowhere = root.resolve("nowhere");

    assertRejected("cifar10", nowhere, nowhere.toString(), "does not exist");
  }

  @Test
  void dataOfAnotherKind() throws IOException {
    assertRejected("cifar100", raw, raw.toString(), "data_batch_1.bin", "those of CIFAR100");
  }

  @Test
  void unknownFileSystem() {
    train("cifar10", "s4://bucket/cifar").assertFailed(3, "s4://bucket/cifar", "scheme");
  }

  @Test
  void fileWithoutPermission() throws IOException {
    try (var fault = inject(Fault.NO_PERMISSION_TO_OPEN, "data_batch_3")) {
      assertRejected("cifar10", raw, raw + "/data_batch_3.bin", "no permission to read it");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DISK_FULL_ERROR", "DISK_FULL_EXCEPTION"})
  void fullDiskWhilePreparing(Fault full) throws IOException {
    try (var fault = inject(full, ".parquet")) {
      assertRejected("cifar10", raw, ".parquet", "disk or quota is full");
    }
  }

  @Test
  void damagedPageOfAPreparedFile() throws IOException {
    Path prepared = prepare();
    Path file = prepared.resolve("train/data_batch_2.parquet");
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(file, bad);

    train("cifar10", prepared.toString())
        .assertFailed(3, file.toString(), "CRC", "prepare the data set again");

    Files.write(file, good);
    CommandRun again = train("cifar10", prepared.toString());
    assertThat(again.exitCode()).isZero();
  }

  @Test
  void truncatedPreparedFile() throws IOException {
    Path prepared = prepare();
    Path file = prepared.resolve("train/data_batch_2.parquet");
    Files.write(file, new byte[7]);

    assertRejected("cifar10", prepared, file.toString(), "found 7", "prepare the data set again");
  }

  @Test
  void damagedManifest() throws IOException {
    Path prepared = prepare();
    Files.writeString(prepared.resolve("manifest.json"), "{\"format\":");

    assertRejected("cifar10", prepared, prepared + "/manifest.json", "damaged manifest");
  }

  @Test
  void preparedFolderOfAnotherKind() throws IOException {
    Path prepared = prepare();

    assertRejected("cifar100", prepared, prepared.toString(), "cifar100", "found cifar10");
  }

  private Path prepare() {
    Path prepared = root.resolve("prepared");
    CommandRun run =
        CommandRun.of(
            "prepare",
            tiny.configuration().toString(),
            "--to=" + prepared,
            "--set=dataset.kind=cifar10",
            "--set=dataset.path=" + raw);
    assertThat(run.exitCode()).isZero();
    return prepared;
  }

  private CommandRun train(String kind, String path) {
    return tiny.train("run", "--set=dataset.kind=" + kind, "--set=dataset.path=" + path);
  }

  private void assertRejected(String kind, Path path, String... parts) throws IOException {
    List<String> before = tiny.files("");
    train(kind, path.toString()).assertFailed(3, parts);
    assertThat(tiny.files("")).isEqualTo(before);
    assertThat(tiny.folder("run")).doesNotExist();
  }

  private FaultyFileSystem.Injected inject(Fault fault, String where) {
    return FaultyFileSystem.inject(spark.sparkContext().hadoopConfiguration(), fault, where);
  }

  private void resize(String name, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(raw.resolve(name).toFile(), "rw")) {
      file.setLength(length);
    }
  }
}
