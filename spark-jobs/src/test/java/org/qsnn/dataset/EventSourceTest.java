package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.BadEvents;
import org.qsnn.event.RecordingOptions;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;

class EventSourceTest {
  private static final WindowCut WINDOWS = new WindowCut(WindowCut.Unit.EVENTS, 400, 200, 400);

  @TempDir private Path root;
  private Path raw;

  @BeforeEach
  void writeGoodSet() {
    raw = EventFiles.folder(root.resolve("raw"), 1000, 900);
  }

  @Test
  void recordingsBecomeWindowsInOrder() {
    PouredSet set = pour(0);

    assertThat(set.payload()).isEqualTo(new PayloadFormat("events-delta", List.of(2, 128, 128)));
    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
    assertThat(set.labels(Split.TEST)).containsExactly(0, 0, 1, 1);
    assertThat(set.events(Split.TRAIN, 5))
        .isEqualTo(EventFiles.recording(1, 0, 1000).slice(200, 600));
    assertThat(set.events(Split.TEST, 1))
        .isEqualTo(EventFiles.recording(0, 1, 900).slice(400, 800));
  }

  @Test
  void namesMayHoldAnything() {
    String name = "x\n\u001b[31m\u202ey.aedat";
    EventFiles.write(raw.resolve("train/a").resolve(name), EventFiles.recording(0, 2, 400));
    EventFiles.write(raw.resolve("train/a/n\ny/1.aedat"), EventFiles.recording(0, 3, 400));

    assertThat(pour(0).sources()).extracting(SourceFile::name).contains("train/a/" + name);
    assertThat(open(0).passedOver())
        .contains("train/a/n\\u000ay (a folder with 1 files and folders");
  }

  @Test
  void everySourceHasItsPlace() {
    assertThat(pour(0).sources())
        .extracting(SourceFile::name)
        .containsExactly("train/a.aedat", "train/b.aedat", "test/a/1.aedat", "test/b/1.aedat");
    assertThat(pour(0).sources()).extracting(SourceFile::firstId).containsExactly(0L, 4L, 0L, 2L);
    assertThat(pour(0).sources())
        .extracting(SourceFile::sha256)
        .doesNotHaveDuplicates()
        .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
  }

  @Test
  void filesOfAClassCountByTheirNumber() {
    for (int number : new int[] {10, 9, 2}) {
      EventFiles.write(
          raw.resolve("train/a/" + number + ".aedat"), EventFiles.recording(0, number, 400));
    }

    assertThat(pour(0).sources())
        .extracting(SourceFile::name)
        .startsWith("train/a/2.aedat", "train/a/9.aedat", "train/a/10.aedat", "train/a.aedat");
  }

  @Test
  void otherFoldersAndFilesDoNotMatter() throws IOException {
    EventFiles.write(raw.resolve("other/c.aedat"), EventFiles.recording(0, 5, 1000));
    Files.writeString(raw.resolve("train/readme.txt"), "two bars");
    Files.createDirectories(raw.resolve("train/empty"));

    assertThat(open(0).classNames()).containsExactly("a", "b");
    assertThat(pour(0).labels(Split.TRAIN)).hasSize(8);
  }

  @Test
  void linksThatLeadNowhereAreNamedOrLeftOutAsMissingRecordings() throws IOException {
    Files.createDirectories(raw.resolve("train/a"));
    Path circle = Files.createSymbolicLink(raw.resolve("train/a/9.aedat"), Path.of("9.aedat"));
    assertRejected(0, "train/a/9.aedat: expected a file or a folder, found a link to 9.aedat");

    assertThat(pour(1).sources())
        .filteredOn(source -> !source.problem().isEmpty())
        .extracting(SourceFile::name)
        .containsExactly("train/a/9.aedat");

    Files.delete(circle);
    Files.createSymbolicLink(raw.resolve("train/c"), Path.of("/no/such/folder"));
    Files.createSymbolicLink(raw.resolve("train/a/up"), Path.of("."));
    Files.delete(raw.resolve("train/b.aedat"));
    assertRejected(0, "train/c", "train/a/up (a folder with");
  }

  @Test
  void endingsMayBeInUpperCase() throws IOException {
    Files.move(raw.resolve("train/b.aedat"), raw.resolve("train/b.AEDAT"));
    Files.move(raw.resolve("test/b/1.aedat"), raw.resolve("test/b/1.Aedat"));

    assertThat(open(0).classNames()).containsExactly("a", "b");
    assertThat(pour(0).labels(Split.TRAIN)).hasSize(8);
  }

  @Test
  void whatIsPassedOverIsNamedWhereItIsMissed() throws IOException {
    Files.delete(raw.resolve("train/b.aedat"));
    EventFiles.write(raw.resolve("train/b/day 1/x.aedat"), EventFiles.recording(0, 5, 1000));
    Files.writeString(raw.resolve("train/b/x.aedat5"), "");

    assertRejected(
        0,
        "the same classes in train and test, found [a] and [a, b]; 3 files or folders skipped: ",
        "train/b/day 1 (a folder with 1 files and folders, below a class's folder)",
        "train/b/x.aedat5",
        "train/b (a folder without recordings)");
  }

  @Test
  void packedAndForeignRecordingsAreNamedByWhatTheyAre() throws IOException {
    Files.createDirectories(raw.resolve("train/a"));
    Path packed = Files.write(raw.resolve("train/a/9.aedat.gz"), new byte[] {31, (byte) 139, 8, 0});
    assertRejected(0, "9.aedat.gz: offset 0", "found a file compressed with gzip: unpack it");

    Files.delete(packed);
    Files.writeString(raw.resolve("train/a/9.raw"), "% evt 2.1\n");
    assertRejected(0, "9.raw: offset 0", "expected a DAT file or EVT 2.0 or 3.0, found");
    assertThat(pour(1).labels(Split.TRAIN)).hasSize(8);
  }

  @Test
  void anEmptyRecordingAndAPipeAreNamed() throws Exception {
    Files.createDirectories(raw.resolve("train/a"));
    Path odd = raw.resolve("train/a/9.aedat");
    Files.write(odd, new byte[0]);
    assertRejected(0, "9.aedat: offset 0", "it is empty");

    Files.delete(odd);
    assertThat(new ProcessBuilder("mkfifo", odd.toString()).start().waitFor()).isZero();
    assertRejected(0, "9.aedat", "found a pipe, a socket or a device");
  }

  @Test
  void theHashIsThatOfTheWholeFile() throws IOException {
    byte[] file = Files.readAllBytes(raw.resolve("train/a.aedat"));

    assertThat(pour(0).sources().get(0).sha256())
        .isEqualTo(HexFormat.of().formatHex(Hashes.sha256().digest(file)));
  }

  @Test
  void splitWithoutRecordingsIsNamed() throws IOException {
    Files.delete(raw.resolve("test/a/1.aedat"));
    Files.delete(raw.resolve("test/b/1.aedat"));

    assertRejected(0, raw + "/test: expected recordings as <class>/*.aedat", "found none");
  }

  @Test
  void folderWithoutTrainAndTestIsNamed() throws IOException {
    Files.move(raw.resolve("test"), raw.resolve("tests"));

    assertRejected(0, raw + ": expected the folders train and test", "found [tests, train]");
  }

  @Test
  void classesOfTrainAndTestMustBeTheSame() {
    EventFiles.write(raw.resolve("test/c.aedat"), EventFiles.recording(0, 5, 1000));

    assertRejected(0, "the same classes in train and test, found [a, b] and [a, b, c]");
  }

  @Test
  void recordingInBothSplitsIsNamed() throws IOException {
    Files.copy(raw.resolve("train/a.aedat"), raw.resolve("test/a/2.aedat"));

    assertRejected(
        0, raw + "/test/a/2.aedat: expected each recording once", raw + "/train/a.aedat");
  }

  @Test
  void recordingWithoutAWindowIsNamed() {
    EventFiles.write(raw.resolve("train/a/short.aedat"), EventFiles.recording(0, 3, 399));

    assertRejected(0, "short.aedat: expected enough events for one of the windows of 400 events");
  }

  @Test
  void damagedRecordingFailsWithItsNameAndOffset() throws IOException {
    int length = truncate("train/b.aedat");

    assertRejected(
        0, raw + "/train/b.aedat: offset " + (length - 5), "expected 8 bytes, found 5: the file");
  }

  @Test
  void damagedRecordingIsLeftOutAndCountedWhereThatIsAllowed() throws IOException {
    EventFiles.write(raw.resolve("train/b/more.aedat"), EventFiles.recording(1, 2, 1000));
    truncate("train/b.aedat");
    PouredSet set = pour(1);

    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
    SourceFile bad =
        set.sources().stream().filter(source -> source.samples() == 0).findFirst().orElseThrow();
    assertThat(bad.name()).isEqualTo("train/b.aedat");
    assertThat(bad.problem()).contains("the file is truncated");
  }

  @Test
  void moreDamagedRecordingsThanAllowedFail() throws IOException {
    truncate("train/b.aedat");
    truncate("test/b/1.aedat");

    assertRejected(1, "more than 1 bad files (dataset.bad-file-limit)", "test/b/1.aedat");
  }

  @Test
  void splitThatLosesAllItsRecordingsIsNamed() throws IOException {
    truncate("train/a.aedat");
    truncate("train/b.aedat");

    assertRejected(5, "expected samples in train, found none");
  }

  @Test
  void stateChangesWithFilesAndOptions() throws IOException {
    String state = open(0).state();

    assertThat(open(0).state()).isEqualTo(state);
    assertThat(open(1).state()).isNotEqualTo(state);
    truncate("train/a.aedat");
    assertThat(open(0).state()).isNotEqualTo(state);
  }

  @Test
  void badEventsAreToleratedUpToALimitInAllRecordings() throws IOException {
    swapFirstTimestamps("train/a.aedat");
    assertRejected(0, "train/a.aedat: offset ", "event 1", "dataset.on-bad-events tolerates it");

    PouredSet set = PouredSet.of(openTolerant());
    assertThat(set.labels(Split.TRAIN)).hasSize(8);
    assertThat(set.sources()).allMatch(source -> source.problem().isEmpty());

    swapFirstTimestamps("train/b.aedat");
    swapFirstTimestamps("test/a/1.aedat");
    swapFirstTimestamps("test/b/1.aedat");
    assertThatThrownBy(() -> PouredSet.of(openTolerant()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "test/b/1.aedat: expected at most 3 bad events in all recordings"
                + " (dataset.bad-event-limit-in-all), found 4",
            "events earlier than the one before, sorted=4");
  }

  @Test
  void whatIsToleratedIsPartOfHowSamplesAreMade() {
    assertThat(open(0).state()).doesNotContain("bad events");
    assertThat(openTolerant().state()).contains("bad events: sort, at most 2");
  }

  private RawSource openTolerant() {
    RecordingOptions options =
        RecordingOptions.DEFAULT.withBadEvents(new BadEvents(BadEvents.Action.SORT, 2));
    return Places.recordings(raw.toString(), WINDOWS, options, 0)
        .open(FileStore.of(new Configuration()));
  }

  /** The first event is then later than the second. */
  private void swapFirstTimestamps(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(raw.resolve(name));
    int events = name.startsWith("train") ? 1000 : 900;
    int first = bytes.length - 8 * events;
    bytes[first + 7] = 11;
    Files.write(raw.resolve(name), bytes);
  }

  /** Cuts the last three bytes off and returns the new length. */
  private int truncate(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(raw.resolve(name));
    Files.write(raw.resolve(name), Arrays.copyOf(bytes, bytes.length - 3));
    return bytes.length - 3;
  }

  private RawSource open(int badFiles) {
    return Places.recordings(raw.toString(), WINDOWS, Aedat2Convention.DVS128, badFiles)
        .open(FileStore.of(new Configuration()));
  }

  private PouredSet pour(int badFiles) {
    return PouredSet.of(open(badFiles));
  }

  private void assertRejected(int badFiles, String... parts) {
    assertThatThrownBy(() -> pour(badFiles))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts);
  }
}
