package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.DataException;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.OfficialArchive;
import org.qsnn.dataset.Places;
import org.qsnn.dataset.SourceFile;
import org.qsnn.prepared.Manifest.StoredFile;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileStore;

class PreparationTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;
  private Path out;

  @BeforeEach
  void makeFolderForResults() throws IOException {
    out = Files.createDirectory(root.resolve("out"));
  }

  @Test
  void manifestTellsCountsFilesAndSources() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR10, 3);

    Manifest manifest = prepare(CifarFormat.CIFAR10, raw, "set").manifest();
    assertThat(manifest.kind()).isEqualTo("cifar10");
    assertThat(manifest.classNames()).hasSize(10).startsWith("airplane");
    assertThat(manifest.payload().shape()).containsExactly(3, 32, 32);
    assertThat(manifest.train().samples()).isEqualTo(15);
    assertThat(manifest.train().perClass()).containsExactly(2L, 2L, 2L, 2L, 2L, 1L, 1L, 1L, 1L, 1L);
    assertThat(manifest.train().files())
        .extracting(StoredFile::firstId)
        .containsExactly(0L, 3L, 6L, 9L, 12L);
    assertThat(manifest.test().samples()).isEqualTo(1);
    assertThat(manifest.sources())
        .extracting(SourceFile::name)
        .containsExactlyElementsOf(CifarFiles.names(CifarFormat.CIFAR10));
    assertThat(manifest.sources())
        .extracting(SourceFile::bytes)
        .startsWith(3L * 3073)
        .endsWith(3073L);
    assertThat(out.resolve("set")).isDirectoryContaining("glob:**/manifest.json");
    assertThat(out.resolve("set/train/data_batch_5.parquet")).isRegularFile();
  }

  @ParameterizedTest
  @EnumSource
  void folderFolderAboveAndArchiveGiveTheSame(CifarFormat format) throws IOException {
    OfficialArchive official = Places.cifar(format, ".").dataset().archive().orElseThrow();
    Path above = root.resolve("above");
    Path raw = CifarFiles.write(above.resolve(official.folder()), format, 2);
    Files.writeString(raw.resolve("readme.html"), "does not matter");
    List<String> names = CifarFiles.names(format);
    Collections.reverse(names);
    Path archive =
        CifarFiles.archive(root.resolve("my.tar.gz"), raw, official.folder() + "/", names);

    Manifest fromFolder = prepare(format, raw, "folder").manifest();
    assertThat(prepare(format, above, "above").manifest()).isEqualTo(fromFolder);
    assertThat(prepare(format, archive, "archive").manifest()).isEqualTo(fromFolder);
  }

  @Test
  void entriesThatPointOutsideAreReadButNeverWritten() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    Path archive =
        CifarFiles.archive(
            root.resolve("x.tar.gz"), raw, "../../", CifarFiles.names(CifarFormat.CIFAR100));

    prepare(CifarFormat.CIFAR100, archive, "set");
    assertThat(out).isDirectoryNotContaining("glob:**.bin");
    assertThat(root).isDirectoryNotContaining("glob:**.bin");
  }

  @Test
  void preparingAgainChangesNothing() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    Manifest first = prepare(CifarFormat.CIFAR100, raw, "set").manifest();
    var written = Files.getLastModifiedTime(out.resolve("set/manifest.json"));

    assertThat(prepare(CifarFormat.CIFAR100, raw, "set").manifest()).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(out.resolve("set/manifest.json"))).isEqualTo(written);
    assertThat(names(out)).containsExactly("set");
  }

  @Test
  void otherDataAtTheTargetIsAnErrorAndStays() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    Manifest first = prepare(CifarFormat.CIFAR100, raw, "set").manifest();
    CifarFiles.write(raw, CifarFormat.CIFAR100, 3);

    assertThatThrownBy(() -> prepare(CifarFormat.CIFAR100, raw, "set"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(out.resolve("set").toString(), "another prepared data set");
    assertThat(PreparedDataset.open(files, out.resolve("set").toString()).manifest())
        .isEqualTo(first);
    assertThat(names(out)).containsExactly("set");
  }

  @Test
  void foreignFolderIsLeftAlone() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);

    assertThatThrownBy(
            () -> Preparation.prepare(files, cifar(CifarFormat.CIFAR100, raw), raw.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be a new or empty folder");
    assertThat(names(raw)).containsExactly("test.bin", "train.bin");
  }

  @Test
  void folderWithHiddenFilesIsLeftAlone() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    Files.createDirectories(out.resolve("home/.ssh"));
    Files.writeString(out.resolve("home/.ssh/id"), "secret");

    assertThatThrownBy(() -> prepare(CifarFormat.CIFAR100, raw, "home"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(out.resolve("home").toString(), "found one with .ssh;");
    assertThat(out.resolve("home/.ssh/id")).hasContent("secret");
    assertThat(names(out)).containsExactly("home");
  }

  @Test
  void emptyFolderIsFilled() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    Files.createDirectory(out.resolve("set"));

    prepare(CifarFormat.CIFAR100, raw, "set").verify();
    assertThat(names(out)).containsExactly("set");
  }

  @Test
  void twoAtOnceBothFindTheDataComplete() throws Exception {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR10, 40);
    Callable<Manifest> preparation = () -> prepare(CifarFormat.CIFAR10, raw, "set").manifest();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Manifest>> results = threads.invokeAll(List.of(preparation, preparation));
      assertThat(results.get(0).get()).isEqualTo(results.get(1).get());
    } finally {
      threads.shutdownNow();
    }
    PreparedDataset.open(files, out.resolve("set").toString()).verify();
    assertThat(names(out)).containsExactly("set");
  }

  @Test
  void crashedPreparationIsNoObstacle() throws IOException {
    Path raw = CifarFiles.write(root.resolve("raw"), CifarFormat.CIFAR100, 2);
    String left = files.temporary(out.resolve("set").toString());
    files.commit(left + "/train/train.parquet", file -> file.write(1));

    prepare(CifarFormat.CIFAR100, raw, "set").verify();
  }

  @Test
  void rendersSyntheticImagesWithoutDependingOnTheOtherSplit() {
    Manifest small = prepare(Places.synthetic(20, 10), "small").manifest();
    Manifest large = prepare(Places.synthetic(30, 10), "large").manifest();

    assertThat(small.kind()).isEqualTo("synthetic");
    assertThat(small.train().samples()).isEqualTo(20);
    assertThat(small.test()).isEqualTo(large.test());
    assertThat(small.splitSha256()).isNotEqualTo(large.splitSha256());
  }

  @Test
  void statisticsAreThoseOfTheTrainingImages() {
    Manifest images = prepare(Places.synthetic(20, 10), "images").manifest();
    Manifest others = prepare(Places.synthetic(20, 12), "others").manifest();
    Manifest events = prepare(Places.syntheticEvents(10, 10), "events").manifest();

    assertThat(images.statistics().mean()).hasSize(3).allMatch(mean -> mean > 0 && mean < 1);
    assertThat(images.statistics()).isEqualTo(others.statistics());
    assertThat(events.statistics()).isEqualTo(PixelStatistics.none());
  }

  private static List<String> names(Path folder) {
    return List.of(folder.toFile().list()).stream().sorted().toList();
  }

  private static DatasetSource cifar(CifarFormat format, Path path) {
    return Places.cifar(format, path.toString());
  }

  private PreparedDataset prepare(CifarFormat format, Path raw, String name) {
    return prepare(cifar(format, raw), name);
  }

  private PreparedDataset prepare(DatasetSource source, String name) {
    return Preparation.prepare(files, source, out.resolve(name).toString());
  }
}
