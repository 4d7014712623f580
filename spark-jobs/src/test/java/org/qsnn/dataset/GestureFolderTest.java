package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.prepared.CifarFiles;
import org.qsnn.storage.FileStore;

/** On hand-made recordings in the layout of the official folder. */
class GestureFolderTest {
  private static final Path SAMPLES =
      Path.of("..", "core-math", "src", "test", "resources", "event-samples.zip");
  private static final String FIXTURES = "event-samples/aedat31-gesture/handmade-fixtures";

  @TempDir private Path root;
  private Path folder;
  private Path archive;

  @BeforeEach
  void copyFixtures() throws IOException {
    archive = root.resolve("DvsGesture.tar.gz");
    folder = Files.createDirectories(root.resolve("DvsGesture"));
    try (FileSystem samples = FileSystems.newFileSystem(SAMPLES);
        var files = Files.list(samples.getPath(FIXTURES))) {
      for (Path file : files.toList()) {
        Files.write(folder.resolve(file.getFileName().toString()), Files.readAllBytes(file));
      }
    }
    Files.writeString(
        folder.resolve("trials_to_train.txt"), "aedat1_for_testing.aedat\naedat2_led.aedat\n\n");
    Files.writeString(folder.resolve("trials_to_test.txt"), "aedat3_fluorescent.aedat\n");
  }

  @Test
  void rowsOfTheLabelFilesAreSamples() {
    PouredSet set = PouredSet.of(open());

    assertThat(open().classNames()).hasSize(11).startsWith("hand_clapping", "right_hand_wave");
    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 4, 1, 2, 7, 6);
    assertThat(set.labels(Split.TEST)).containsExactly(5);
    assertThat(set.events(Split.TRAIN, 0).size()).isEqualTo(3);
    assertThat(set.events(Split.TRAIN, 5).duration()).isEqualTo(109_831);
  }

  @Test
  void recordingsAreThoseOfTheListsInTheirOrder() {
    assertThat(PouredSet.of(open()).sources())
        .extracting(SourceFile::name, SourceFile::samples)
        .containsExactly(
            tuple("aedat1_for_testing.aedat", 2L),
            tuple("aedat2_led.aedat", 4L),
            tuple("aedat3_fluorescent.aedat", 1L));
    assertThat(open().splitName()).isEqualTo("official");
  }

  @Test
  void archiveHoldsTheSameSamplesAsTheFolder() throws IOException {
    PouredSet unpacked = PouredSet.of(open());
    archive(name -> true);

    PouredSet archived = PouredSet.of(open());

    assertThat(archived.samples()).usingRecursiveComparison().isEqualTo(unpacked.samples());
    assertThat(archived.sources()).isEqualTo(unpacked.sources());
    assertThat(open(archive).state()).isEqualTo(open().state()).contains("DvsGesture.tar.gz");
  }

  @Test
  void damagedRecordingInAnArchiveIsNamedAndNothingIsLeftUnpacked() throws IOException {
    Path recording = folder.resolve("aedat2_led.aedat");
    byte[] bytes = Files.readAllBytes(recording);
    Files.write(recording, Arrays.copyOf(bytes, bytes.length - 1));
    archive(name -> true);
    List<String> before = unpacked();

    assertRejected("DvsGesture.tar.gz/aedat2_led.aedat: offset ", "the file is truncated");
    assertThat(unpacked()).isEqualTo(before);
  }

  @Test
  void archiveThatIsCutOffOrLacksFilesIsNamed() throws IOException {
    archive(name -> !name.startsWith("trials"));
    assertRejected("DvsGesture.tar.gz: expected DVS128-Gesture with its trials_to_train.txt");

    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
    assertRejected("DvsGesture.tar.gz: expected a whole .tar.gz archive of DVS128-Gesture");
  }

  /** Packs the files whose names are wanted, the lists last, and removes the folder. */
  private void archive(Predicate<String> wanted) throws IOException {
    List<String> names = new ArrayList<>();
    try (var all = Files.list(folder)) {
      all.map(file -> file.getFileName().toString()).filter(wanted).sorted().forEach(names::add);
    }
    CifarFiles.archive(archive, folder, "DvsGesture/", names);
    for (String name : names) {
      Files.delete(folder.resolve(name));
    }
    Files.deleteIfExists(folder.resolve("trials_to_train.txt"));
  }

  private static List<String> unpacked() throws IOException {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.map(Path::toString).filter(path -> path.contains("/qsnn-")).sorted().toList();
    }
  }

  @Test
  void overlappingRowsShareTheirEvents() throws IOException {
    label("aedat3_fluorescent", "5,1254,1300", "7,1260,1290");
    PouredSet set = PouredSet.of(open());

    assertThat(set.labels(Split.TEST)).containsExactly(4, 6);
    assertThat(set.events(Split.TEST, 0).size()).isPositive();
  }

  @Test
  void byteOrderMarksDoNotMatter() throws IOException {
    Files.writeString(folder.resolve("trials_to_test.txt"), "\uFEFFaedat3_fluorescent.aedat\n");

    assertThat(PouredSet.of(open()).labels(Split.TEST)).containsExactly(5);
  }

  @Test
  void aListOfManyWholeRecordingsIsRefused() throws IOException {
    String[] rows = new String[4000];
    Arrays.fill(rows, "1,0,99999999");
    label("aedat3_fluorescent", rows);

    assertRejected("aedat3_fluorescent_labels.csv: expected rows with 16 times", "4000 rows");
  }

  @Test
  void rowThatEndsBeforeItStartsIsNamed() throws IOException {
    label("aedat2_led", "3,59,40");

    assertRejected("aedat2_led_labels.csv", "line 2", "at or after the start 59", "found 40");
  }

  @Test
  void recordingWithoutLabelsIsNamed() throws IOException {
    Files.delete(folder.resolve("aedat2_led_labels.csv"));

    assertRejected("aedat2_led_labels.csv", "does not exist");
  }

  @Test
  void recordingWithoutAnyEventInItsRowsIsNamed() throws IOException {
    label("aedat2_led", "3,1,2");

    assertRejected("aedat2_led_labels.csv: expected events of aedat2_led.aedat, found none");
  }

  @Test
  void trialThatIsMissingIsNamed() throws IOException {
    Files.writeString(folder.resolve("trials_to_test.txt"), "user24_led.aedat\n");

    assertRejected("user24_led.aedat", "does not exist");
  }

  @Test
  void listOfSomethingElseIsNamed() throws IOException {
    Files.writeString(folder.resolve("trials_to_test.txt"), "../user24_led.aedat\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("trials_to_test.txt", "found ../user24_led.aedat");
  }

  @Test
  void folderOfSomethingElseIsNamed() throws IOException {
    Files.delete(folder.resolve("trials_to_train.txt"));

    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(root.toString(), "trials_to_train.txt");
  }

  private void label(String recording, String... rows) throws IOException {
    String header = "class,startTime_usec,endTime_usec\n";
    Files.writeString(
        folder.resolve(recording + "_labels.csv"), header + String.join("\n", rows) + "\n");
  }

  private void assertRejected(String... parts) {
    assertThatThrownBy(() -> PouredSet.of(open()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts);
  }

  private RawSource open() {
    return open(root);
  }

  private static RawSource open(Path path) {
    return Places.at(Datasets.DVS_GESTURE, path.toString(), 0)
        .open(FileStore.of(new Configuration()));
  }
}
