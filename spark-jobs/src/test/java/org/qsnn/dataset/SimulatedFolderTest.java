package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;

class SimulatedFolderTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

  @Test
  void recordsTheFirstImagesOfEachSplitInClassFolders() throws IOException {
    SimulatedFolder.Written written = write("set", 3, 2);

    assertThat(written).isEqualTo(new SimulatedFolder.Written(3, 2));
    assertThat(recordings("set")).hasSize(5);
    assertThat(recordings("set").get(0).toString())
        .matches(".*/test/([a-z ]+)/synthetic_\\1_0.aedat");
    assertThat(root).isDirectoryNotContaining(path -> !path.endsWith("set"));
  }

  @Test
  void recordingsAreOfTheLengthAndSizeOfCifar10Dvs() throws IOException {
    write("set", 1, 0);

    Path file = recordings("set").get(0);
    try (InputStream in = Files.newInputStream(file)) {
      Events events = EventFormat.AEDAT2_CIFAR10_DVS.read(in, file.toString());
      assertThat(events.duration()).isBetween(1_000_000L, 1_200_000L);
      assertThat(events.size()).isGreaterThan(10_000);
    }
  }

  @Test
  void sameImagesAreTheSameBytes() throws IOException {
    write("a", 1, 0);
    write("b", 1, 0);

    assertThat(recordings("a").get(0)).hasSameBinaryContentAs(recordings("b").get(0));
  }

  @Test
  void resultIsAFolderOfRecordings() {
    write("set", 40, 40);
    DatasetSource source =
        Places.recordings(
            root.resolve("set").toString(), WindowCut.WHOLE, SimulatedFolder.CONVENTION, 0);

    assertThat(source.open(files).classNames()).hasSize(10).contains("ring");
  }

  @Test
  void eventsCannotBeSimulatedFromEvents() {
    DatasetSource events = Places.syntheticEvents(10, 10);

    assertThatThrownBy(() -> SimulatedFolder.write(files, events, 1, 1, target("set")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("--simulate-events", "a kind of images; found synthetic-events");
  }

  @Test
  void fullFolderIsLeftAlone() {
    write("set", 1, 0);

    assertThatThrownBy(() -> write("set", 2, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(target("set"), "must be a new or empty folder");
  }

  @Test
  void hiddenFilesMakeAFolderFull() throws IOException {
    Files.createDirectories(root.resolve("set/.ssh"));

    assertThatThrownBy(() -> write("set", 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(target("set"), "found one with .ssh");
    assertThat(root.resolve("set/.ssh")).exists();
  }

  @Test
  void whatAppearsInTheTargetMeanwhileStays() throws IOException {
    Files.createDirectory(root.resolve("set"));
    FileStore meddler = FileStore.of(meddling(root.resolve("set/notes.txt")));

    assertThatThrownBy(
            () -> SimulatedFolder.write(meddler, Places.synthetic(40, 40), 1, 0, target("set")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(target("set"), "found one with notes.txt");
    assertThat(root.resolve("set/notes.txt")).hasContent("mine");
    assertThat(root.toFile().list()).containsExactly("set");
  }

  /** Somebody writes a file as soon as the first recording is being written. */
  private static Configuration meddling(Path file) {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", Meddler.class, RawLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.set(Meddler.FILE, file.toString());
    return configuration;
  }

  /** See {@link #meddling}. */
  public static final class Meddler extends RawLocalFileSystem {
    static final String FILE = "qsnn.test.meddler";

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
      if (path.getName().contains(".aedat")) {
        Files.writeString(Path.of(getConf().get(FILE)), "mine");
      }
      return super.getFileStatus(path);
    }
  }

  private SimulatedFolder.Written write(String name, long train, long test) {
    return SimulatedFolder.write(files, Places.synthetic(40, 40), train, test, target(name));
  }

  private String target(String name) {
    return root.resolve(name).toString();
  }

  private List<Path> recordings(String name) throws IOException {
    try (Stream<Path> paths = Files.walk(root.resolve(name))) {
      return paths.filter(path -> path.toString().endsWith(".aedat")).sorted().toList();
    }
  }
}
