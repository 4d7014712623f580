package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;

/** Sets of recordings that other software stumbled over. */
class EventCasesTest {
  private static final Path SETS =
      Path.of(System.getProperty("data.dir", "../../shared/data"), "event-cases", "sets");
  private static final WindowCut WINDOWS =
      new WindowCut(WindowCut.Unit.TIME, 100_000, 100_000, 100_000);

  @TempDir private Path unpacked;

  @BeforeEach
  void needsCases() {
    boolean isThere = Files.isDirectory(SETS);
    assertThat(isThere || !"true".equals(System.getenv("CI"))).as("sets in %s", SETS).isTrue();
    Assumptions.assumeTrue(isThere, () -> "no sets in " + SETS);
  }

  @Test
  void realRecordingsOfNMnistAreSamples() throws IOException {
    Path folder = unpack("n0_nmnist_real200_labels_by_index.tar.gz").resolve("n0_nmnist");
    PouredSet set = PouredSet.of(official(Datasets.N_MNIST, folder, 0));

    assertThat(set.samples()).hasSize(200);
    assertThat(set.payload().shape()).containsExactly(2, 34, 34);
  }

  @Test
  void cifar10DvsMayBeAedat4() throws IOException {
    Path folder = unpack("x1_tonic_aedat4.tar.gz").resolve("x1_tonic_aedat4");
    PouredSet set = PouredSet.of(official(Datasets.CIFAR10_DVS, folder, 0));

    assertThat(set.samples()).hasSize(120);
    assertThat(set.payload().shape()).containsExactly(2, 128, 128);
  }

  @Test
  void endingsMayBeInUpperCase() throws IOException {
    Path folder = unpack("r2_upper.tar.gz").resolve("r2_upper");
    PouredSet set = PouredSet.of(recordings(folder, 0));
    long files;
    try (var all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).count();
    }

    assertThat(set.sources()).hasSize((int) files);
    assertThat(set.sources()).allMatch(source -> source.problem().isEmpty());
  }

  @Test
  void aByteOrderMarkBeforeLabelsDoesNotMatter() {
    PouredSet set =
        PouredSet.of(official(Datasets.DVS_GESTURE, SETS.resolve("g1b_csv_bom_only"), 0));

    assertThat(set.labels(Split.TRAIN)).startsWith(0, 1, 2, 3);
  }

  @Test
  void aListedRecordingThatIsMissingCanBeLeftOut() {
    Path folder = SETS.resolve("g3_aedat_missing");

    assertThatThrownBy(() -> PouredSet.of(official(Datasets.DVS_GESTURE, folder, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("user01_natural.aedat", "does not exist");
    assertThat(PouredSet.of(official(Datasets.DVS_GESTURE, folder, 1)).sources())
        .filteredOn(source -> !source.problem().isEmpty())
        .extracting(SourceFile::name)
        .containsExactly("user01_natural.aedat");
  }

  @Test
  void aClockThatJumpsIsNamedAndCanBeLeftOut() {
    Path folder = SETS.resolve("r20_aedat4_first_t0");

    assertThatThrownBy(() -> PouredSet.of(recordings(folder, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("r.aedat4: offset ", "event 1: ", "the clock jumped");
    assertThatThrownBy(() -> PouredSet.of(recordings(folder, 10)))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aDownloadThatBrokeOffIsNamed() {
    Path archive = SETS.resolve("truncated_DvsGesture.tar.gz");

    assertThatThrownBy(() -> PouredSet.of(official(Datasets.DVS_GESTURE, archive, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "truncated_DvsGesture.tar.gz: expected a whole .tar.gz archive of DVS128-Gesture, found"
                + " one that ends in the middle, after 457277 bytes: an interrupted download?");
  }

  private Path unpack(String archive) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(
                new BufferedInputStream(Files.newInputStream(SETS.resolve(archive)))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          Path file = unpacked.resolve(entry.getName());
          Files.createDirectories(file.getParent());
          Files.copy(tar, file);
        }
      }
    }
    return unpacked;
  }

  private static RawSource official(Dataset kind, Path path, int badFiles) {
    return Places.at(kind, path.toString(), badFiles).open(FileStore.of(new Configuration()));
  }

  private static RawSource recordings(Path path, int badFiles) {
    return Places.recordings(path.toString(), WINDOWS, Aedat2Convention.DVS128, badFiles)
        .open(FileStore.of(new Configuration()));
  }
}
