package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.Datasets;
import org.qsnn.dataset.EventFiles;
import org.qsnn.dataset.Places;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FaultyFileSystem;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.StorageException;

class DatasetCacheTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

  @Test
  void rawDataIsPreparedOnceAndNeverInItsSource() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);

    PreparedDataset first = resolve(CifarFormat.CIFAR100, raw);
    FileTime written = Files.getLastModifiedTime(local(first).resolve("manifest.json"));
    PreparedDataset second = resolve(CifarFormat.CIFAR100, raw);

    assertThat(local(first).getParent()).isEqualTo(root.resolve("runs/.dataset-cache"));
    assertThat(local(first).getFileName().toString()).startsWith("cifar100-");
    assertThat(second.path()).isEqualTo(first.path());
    assertThat(Files.getLastModifiedTime(local(second).resolve("manifest.json")))
        .isEqualTo(written);
    assertThat(raw.toFile().list()).containsExactlyInAnyOrder("train.bin", "test.bin");
  }

  @Test
  void changedSourceIsPreparedAnew() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    PreparedDataset before = resolve(CifarFormat.CIFAR100, raw);
    CifarFiles.write(raw, CifarFormat.CIFAR100, 3);

    PreparedDataset after = resolve(CifarFormat.CIFAR100, raw);
    assertThat(after.path()).isNotEqualTo(before.path());
    assertThat(after.manifest().train().samples()).isEqualTo(3);
  }

  @Test
  void touchedSourceIsPreparedAnew() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    PreparedDataset before = resolve(CifarFormat.CIFAR100, raw);
    Files.setLastModifiedTime(raw.resolve("train.bin"), FileTime.fromMillis(1_000_000));

    assertThat(resolve(CifarFormat.CIFAR100, raw).path()).isNotEqualTo(before.path());
  }

  @Test
  void damagedEntryIsSetAsideAndPreparedAgain() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    PreparedDataset first = resolve(CifarFormat.CIFAR100, raw);
    Files.write(local(first).resolve("train/train.parquet"), new byte[7]);

    PreparedDataset again = resolve(CifarFormat.CIFAR100, raw);
    assertThat(again.path()).isEqualTo(first.path());
    again.verify();
    Path aside = Path.of(local(first) + ".damaged-1");
    assertThat(aside.resolve("train/train.parquet")).hasBinaryContent(new byte[7]);
    assertThat(aside.getParent().toFile().list()).hasSize(2);
  }

  @Test
  void entryThatLacksAFileIsDamaged() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    PreparedDataset first = resolve(CifarFormat.CIFAR100, raw);
    Files.delete(local(first).resolve("train/train.parquet"));

    resolve(CifarFormat.CIFAR100, raw).verify();
  }

  @Test
  void entryThatCannotBeReadNowStaysAsItIs() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    PreparedDataset first = resolve(CifarFormat.CIFAR100, raw);
    Configuration configuration = new Configuration();
    try (var fault =
        FaultyFileSystem.inject(
            configuration, FaultyFileSystem.Fault.NO_PERMISSION_TO_OPEN, "manifest.json")) {
      assertThatThrownBy(
              () ->
                  new DatasetCache(
                          FileStore.of(configuration),
                          root.resolve("runs/.dataset-cache").toString())
                      .resolve(Places.cifar(CifarFormat.CIFAR100, raw.toString())))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll("manifest.json", "no permission");
    }
    first.verify();
    assertThat(local(first).getParent().toFile().list()).hasSize(1);
  }

  @Test
  void preparedFolderIsTakenAsItIs() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    PreparedDataset prepared = resolve(CifarFormat.CIFAR100, raw);

    assertThat(resolve(CifarFormat.CIFAR100, local(prepared)).path()).isEqualTo(prepared.path());
    assertThatThrownBy(() -> resolve(CifarFormat.CIFAR10, local(prepared)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            prepared.path().substring(5), "cifar10 (dataset.kind), found cifar100");
  }

  @Test
  void syntheticImagesNeedNoPath() {
    PreparedDataset first = cache().resolve(Places.synthetic(4, 2));
    PreparedDataset more = cache().resolve(Places.synthetic(5, 2));
    DatasetSource named = Places.at(Datasets.SYNTHETIC, first.path(), 0);

    assertThat(first.manifest().train().samples()).isEqualTo(4);
    assertThat(more.path()).isNotEqualTo(first.path());
    assertThat(cache().resolve(named).path()).isEqualTo(first.path());
  }

  @Test
  void whatIsLeftOutIsKnownWhenASetIsReused() throws IOException {
    Path raw = EventFiles.folder(root.resolve("raw"), 400, 400);
    Files.writeString(raw.resolve("train/readme.txt"), "x");
    Files.writeString(raw.resolve("train/a.aedat4"), "no recording");
    WindowCut windows = new WindowCut(WindowCut.Unit.EVENTS, 400, 200, 400);
    DatasetSource source = Places.recordings(raw.toString(), windows, Aedat2Convention.DVS128, 1);
    cache().resolve(source);

    assertThat(cache().resolve(source).manifest().omissions())
        .contains("1 file or folder skipped: ", "train/readme.txt; 1 damaged file left out: ")
        .contains("train/a.aedat4: offset 0");
  }

  private DatasetCache cache() {
    return new DatasetCache(files, root.resolve("runs/.dataset-cache").toString());
  }

  private PreparedDataset resolve(CifarFormat format, Path path) {
    return cache().resolve(Places.cifar(format, path.toString()));
  }

  private static Path local(PreparedDataset dataset) {
    return Path.of(dataset.path().substring("file:".length()));
  }
}
