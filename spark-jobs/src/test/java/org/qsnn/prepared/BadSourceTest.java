package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.dataset.Datasets;
import org.qsnn.dataset.Places;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileStore;

/** Every bad source is one message, and nothing is left where the result would have been. */
class BadSourceTest {
  private static final CifarFormat CIFAR10 = CifarFormat.CIFAR10;

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;
  private Path raw;
  private Path out;

  @BeforeEach
  void writeGoodSource() throws IOException {
    raw = CifarFiles.write(root.resolve("raw"), CIFAR10, 3);
    out = Files.createDirectory(root.resolve("out"));
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(raw.resolve("data_batch_3.bin"));
    Files.delete(raw.resolve("test_batch.bin"));

    assertRejected(raw, raw.toString(), "missing: data_batch_3.bin, test_batch.bin");
  }

  @Test
  void emptyFolderIsNamed() throws IOException {
    Path empty = Files.createDirectory(root.resolve("empty"));

    assertRejected(empty, empty.toString(), "missing: data_batch_1.bin");
  }

  @Test
  void missingPathIsNamed() {
    assertRejected(root.resolve("nowhere"), root.resolve("nowhere").toString(), "does not exist");
  }

  @Test
  void unknownBinaryFileIsNamed() throws IOException {
    Files.write(raw.resolve("data_batch_6.bin"), new byte[3073]);

    assertRejected(raw, raw.toString(), "found data_batch_6.bin", "expected no .bin files but");
  }

  @Test
  void truncatedFileIsNamedWithOffset() throws IOException {
    truncate("data_batch_2.bin", 2 * 3073 + 17);

    assertRejected(
        raw, "data_batch_2.bin: truncated", "found 6163", "last whole record ends at offset 6146");
  }

  @Test
  void emptyFileIsNamed() throws IOException {
    truncate("data_batch_2.bin", 0);

    assertRejected(raw, "data_batch_2.bin: truncated", "found 0");
  }

  @Test
  void fileCutBetweenRecordsIsFoundInAnOfficialSet() throws IOException {
    truncate("data_batch_1.bin", 10_000L * 3073);

    assertRejected(raw, "data_batch_2.bin: truncated", "expected 30730000 bytes", "found 9219");
  }

  @Test
  void oversizedFileIsNamed() throws IOException {
    truncate("data_batch_5.bin", 10_001L * 3073);

    assertRejected(raw, "data_batch_5.bin: oversized", "expected 30730000 bytes", "found 30733073");
  }

  @Test
  void labelOutOfRangeIsNamedWithOffset() throws IOException {
    byte[] bytes = CifarFiles.records(CIFAR10, 0, 3);
    bytes[2 * 3073] = 10;
    Files.write(raw.resolve("data_batch_4.bin"), bytes);

    assertRejected(
        raw, raw.resolve("data_batch_4.bin").toString(), "offset 6146", "0…9", "found 10");
  }

  @Test
  void archiveWithOfficialNameMustHaveThePublishedHash() throws IOException {
    Path archive = archive("cifar-10-binary.tar.gz", CifarFiles.names(CIFAR10));

    assertRejected(
        archive, archive.toString(), "expected the MD5 c32a1d4ab5d03f1284b67883e8d87530", "found ");
  }

  @Test
  void officialArchiveInAFolderIsTakenAndChecked() throws IOException {
    Path folder = Files.createDirectory(root.resolve("fetched"));
    Files.move(
        archive("x.tar.gz", CifarFiles.names(CIFAR10)), folder.resolve("cifar-10-binary.tar.gz"));

    assertRejected(folder, "cifar-10-binary.tar.gz", "expected the MD5");
  }

  @Test
  void truncatedArchiveIsNamed() throws IOException {
    Path archive = archive("x.tar.gz", CifarFiles.names(CIFAR10));
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));

    assertRejected(archive, archive.toString(), "expected a whole .tar.gz archive of CIFAR10");
  }

  @Test
  void fileThatIsNoArchiveIsNamed() {
    Path file = raw.resolve("data_batch_1.bin");

    assertRejected(file, file.toString(), "expected a whole .tar.gz archive of CIFAR10");
  }

  @Test
  void archiveWithoutAllFilesIsNamed() throws IOException {
    List<String> names = new ArrayList<>(CifarFiles.names(CIFAR10));
    names.remove("data_batch_2.bin");
    Path archive = archive("x.tar.gz", names);

    assertRejected(archive, archive.toString(), "missing: data_batch_2.bin");
  }

  @Test
  void archiveWithOneFileTwiceIsNamed() throws IOException {
    List<String> names = new ArrayList<>(CifarFiles.names(CIFAR10));
    names.add("test_batch.bin");
    Path archive = archive("x.tar.gz", names);

    assertRejected(archive, archive.toString(), "found test_batch.bin twice");
  }

  @Test
  void placeWithoutThePreparedFormOfAKindThatHasNoFilesIsNamed() {
    var source = Places.at(Datasets.SYNTHETIC, raw.toString(), 0);

    assertThatThrownBy(() -> source.open(files))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("dataset.path", "dataset.kind is synthetic", "found " + raw);
  }

  private void truncate(String name, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(raw.resolve(name).toFile(), "rw")) {
      file.setLength(length);
    }
  }

  private Path archive(String name, List<String> names) throws IOException {
    return CifarFiles.archive(root.resolve(name), raw, "cifar-10-batches-bin/", names);
  }

  private void assertRejected(Path source, String... parts) {
    assertThatThrownBy(
            () ->
                Preparation.prepare(
                    files, Places.cifar(CIFAR10, source.toString()), out.resolve("set").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts);
  }
}
