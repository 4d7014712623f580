package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.EventFormat;
import org.qsnn.event.EventSink;
import org.qsnn.event.Events;
import org.qsnn.event.RecordingOptions;
import org.qsnn.event.Sensor;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * Sets in which each file is one sample, in a folder with the name of its class. Ids run through
 * the classes in turn, so that the first samples of a split are a fair share of it.
 */
final class SampleFiles implements EventLayout {
  private static final String SACCADES = "[.]bin";

  private final Reader reader;
  private final String splitName;
  private final List<String> classNames;
  private final List<Recording> recordings;
  private final List<String> passedOver;

  private SampleFiles(
      Reader reader,
      String splitName,
      List<String> classNames,
      List<Recording> recordings,
      List<String> passedOver) {
    this.reader = reader;
    this.splitName = splitName;
    this.classNames = classNames;
    this.recordings = recordings;
    this.passedOver = passedOver;
  }

  private interface Reader {
    void read(InputStream in, String file, EventSink sink) throws IOException;
  }

  /**
   * CIFAR10-DVS (Li et al., 2017): ten class folders of .aedat files, or of the AEDAT 4 files that
   * others offer. There is no official split: see {@link #lastTenth}.
   */
  static SampleFiles cifar10Dvs(FileStore files, OfficialEventsDataset.Place place) {
    String path = place.path();
    ClassFolders found = ClassFolders.in(files, path, "[.]aedat[24]?");
    requireClasses(path, found, CifarFormat.CIFAR10.classNames());
    Reader reader =
        (in, file, sink) ->
            EventFormat.of(in, file, Aedat2Convention.CIFAR10_DVS)
                .read(in, file, place.options(), sink);
    return lastTenth(files, path, reader, found);
  }

  /** N-Caltech101 (Orchard et al., 2015): class folders of .bin files; split as CIFAR10-DVS is. */
  static SampleFiles nCaltech101(FileStore files, OfficialEventsDataset.Place place) {
    String path = place.path();
    ClassFolders found = ClassFolders.in(files, path, SACCADES);
    if (found.classes().size() < 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected class folders with .bin files, found %s%s",
              path,
              found.classes().keySet(),
              note(found)));
    }
    return lastTenth(files, path, reader(EventFormat.N_CALTECH101, place), found);
  }

  /** N-MNIST (Orchard et al., 2015): Train and Test with folders 0…9 of .bin files, or .bs2. */
  static SampleFiles nMnist(FileStore files, OfficialEventsDataset.Place place) {
    String path = place.path();
    List<String> digits = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    List<Recording> recordings = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (Split split : Split.values()) {
      String folder = path + (split == Split.TRAIN ? "/Train" : "/Test");
      ClassFolders found = ClassFolders.in(files, folder, "[.](bin|bs2)");
      requireClasses(folder, found, digits);
      recordings.addAll(
          Recording.inTurn(files.entry(path).path(), split, List.copyOf(found.classes().values())));
      passedOver.addAll(found.passedOver());
    }
    return new SampleFiles(
        reader(EventFormat.N_MNIST, place), "official", digits, recordings, passedOver);
  }

  /**
   * N-CARS (Sironi et al., 2018): {@code n-cars_train} and {@code n-cars_test}, or {@code train}
   * and {@code test}, with the folders {@code cars} and {@code background} of .dat files. They name
   * no sensor; all pixels are on one of 120 × 100.
   */
  static SampleFiles nCars(FileStore files, OfficialEventsDataset.Place place) {
    String path = place.path();
    List<String> classes = List.of("background", "cars");
    RecordingOptions options =
        place.options().sensor() == null
            ? place.options().withSensor(Sensor.N_CARS)
            : place.options();
    List<Recording> recordings = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (Split split : Split.values()) {
      String official = path + "/n-cars_" + split.key();
      String folder = files.exists(official) ? official : path + "/" + split.key();
      ClassFolders found = ClassFolders.in(files, folder, "[.]dat");
      requireClasses(folder, found, classes);
      recordings.addAll(
          Recording.inTurn(files.entry(path).path(), split, List.copyOf(found.classes().values())));
      passedOver.addAll(found.passedOver());
    }
    Reader reader = (in, file, sink) -> EventFormat.DAT.read(in, file, options, sink);
    return new SampleFiles(reader, "official", classes, recordings, passedOver);
  }

  private static Reader reader(EventFormat format, OfficialEventsDataset.Place place) {
    return (in, file, sink) -> format.read(in, file, place.options(), sink);
  }

  private static void requireClasses(String folder, ClassFolders found, List<String> expected) {
    if (!found.classes().keySet().equals(Set.copyOf(expected))) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected class folders %s with recordings, found %s%s",
              folder,
              expected,
              found.classes().keySet(),
              note(found)));
    }
  }

  private static String note(ClassFolders found) {
    return found.passedOver().isEmpty() ? "" : "; " + SkippedFiles.note(found.passedOver());
  }

  /**
   * The fixed split nine to one: of a class's n files by number, the first n − max(1, n div 10) are
   * trained on, the others tested.
   */
  private static SampleFiles lastTenth(
      FileStore files, String path, Reader reader, ClassFolders found) {
    List<List<FileEntry>> train = new ArrayList<>();
    List<List<FileEntry>> test = new ArrayList<>();
    for (List<FileEntry> all : found.classes().values()) {
      int first = all.size() - Math.max(1, all.size() / 10);
      train.add(all.subList(0, first));
      test.add(all.subList(first, all.size()));
    }
    List<Recording> recordings = new ArrayList<>();
    recordings.addAll(Recording.inTurn(files.entry(path).path(), Split.TRAIN, train));
    recordings.addAll(Recording.inTurn(files.entry(path).path(), Split.TEST, test));
    return new SampleFiles(
        reader,
        "last-tenth-of-each-class",
        List.copyOf(found.classes().keySet()),
        recordings,
        found.passedOver());
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public String splitName() {
    return splitName;
  }

  @Override
  public List<String> passedOver() {
    return passedOver;
  }

  @Override
  public List<Recording> recordings() {
    return recordings;
  }

  @Override
  public void read(InputStream in, String file, EventSink sink) throws IOException {
    reader.read(in, file, sink);
  }

  @Override
  public Stream<LabeledEvents> samples(Recording recording, Events events) {
    return Stream.of(new LabeledEvents(recording.label(), events));
  }
}
