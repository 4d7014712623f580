package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
  static final String OFFICIAL = "official";
  static final String LAST_TENTH = "last-tenth-of-each-class";

  private static final String SACCADES = "[.]bin";
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  private final Reader reader;
  private final String splitName;
  private final List<String> classNames;
  private final List<Recording> recordings;
  private final List<String> passedOver;

  /** That the recordings lie in; empty if they are files of their own. */
  private final List<ZipArchive> archives;

  private SampleFiles(
      Reader reader,
      String splitName,
      List<String> classNames,
      List<Recording> recordings,
      List<String> passedOver,
      List<ZipArchive> archives) {
    this.reader = reader;
    this.splitName = splitName;
    this.classNames = classNames;
    this.recordings = recordings;
    this.passedOver = passedOver;
    this.archives = List.copyOf(archives);
  }

  private SampleFiles(
      Reader reader,
      String splitName,
      List<String> classNames,
      List<Recording> recordings,
      List<String> passedOver) {
    this(reader, splitName, classNames, recordings, passedOver, List.of());
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
              note(found.passedOver())));
    }
    return lastTenth(files, path, reader(EventFormat.N_CALTECH101, place), found);
  }

  /** N-Caltech101 as Caltech101.zip, in which a folder has those of the classes. */
  static SampleFiles nCaltech101(List<ZipArchive> archives, OfficialEventsDataset.Place place) {
    ZippedFolders found = ZippedFolders.in(archives);
    if (found.classes().size() != 1 || found.classes().values().iterator().next().size() < 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected one folder with class folders of .bin files, found folders above such"
                  + " files: %s%s",
              place.path(),
              found.classes().keySet(),
              note(found.passedOver())));
    }
    SortedMap<String, List<FileEntry>> classes = found.classes().values().iterator().next();
    List<Recording> recordings = new ArrayList<>();
    for (Split split : Split.values()) {
      SortedMap<String, List<FileEntry>> part = new TreeMap<>();
      classes.forEach((name, all) -> part.put(name, ofLastTenth(split, all)));
      recordings.addAll(named("", split, part));
    }
    return new SampleFiles(
        reader(EventFormat.N_CALTECH101, place),
        LAST_TENTH,
        List.copyOf(classes.keySet()),
        recordings,
        found.passedOver(),
        archives);
  }

  /** N-MNIST as Train.zip and Test.zip, or one archive with both folders. */
  static SampleFiles nMnist(List<ZipArchive> archives, OfficialEventsDataset.Place place) {
    ZippedFolders found = ZippedFolders.in(archives);
    if (!found.classes().keySet().equals(Set.of("train", "test"))) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected Train.zip and Test.zip with a folder of .bin files for each digit, found"
                  + " such folders in %s%s",
              place.path(),
              found.classes().keySet(),
              note(found.passedOver())));
    }
    List<Recording> recordings = new ArrayList<>();
    for (Split split : Split.values()) {
      SortedMap<String, List<FileEntry>> classes = found.classes().get(split.key());
      requireClasses(
          place.path() + " (" + split.key() + ")", classes.keySet(), DIGITS, found.passedOver());
      recordings.addAll(named(split == Split.TRAIN ? "Train/" : "Test/", split, classes));
    }
    return new SampleFiles(
        reader(EventFormat.N_MNIST, place),
        OFFICIAL,
        DIGITS,
        recordings,
        found.passedOver(),
        archives);
  }

  /** In turn, under the names that the unpacked files would have. */
  private static List<Recording> named(
      String folder, Split split, SortedMap<String, List<FileEntry>> classes) {
    List<String> names = List.copyOf(classes.keySet());
    return Recording.inTurn("", split, List.copyOf(classes.values())).stream()
        .map(
            recording ->
                new Recording(
                    folder + names.get(recording.label()) + "/" + recording.file().name(),
                    split,
                    recording.label(),
                    recording.file()))
        .toList();
  }

  /** N-MNIST (Orchard et al., 2015): Train and Test with folders 0…9 of .bin files, or .bs2. */
  static SampleFiles nMnist(FileStore files, OfficialEventsDataset.Place place) {
    String path = place.path();
    List<Recording> recordings = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (Split split : Split.values()) {
      String folder = path + (split == Split.TRAIN ? "/Train" : "/Test");
      ClassFolders found = ClassFolders.in(files, folder, "[.](bin|bs2)");
      requireClasses(folder, found, DIGITS);
      recordings.addAll(
          Recording.inTurn(files.entry(path).path(), split, List.copyOf(found.classes().values())));
      passedOver.addAll(found.passedOver());
    }
    passedOver.addAll(beside(files, path, Set.of("Train", "Test")));
    return new SampleFiles(
        reader(EventFormat.N_MNIST, place), OFFICIAL, DIGITS, recordings, passedOver);
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
    Set<String> read = new HashSet<>();
    for (Split split : Split.values()) {
      String official = path + "/n-cars_" + split.key();
      String folder = files.exists(official) ? official : path + "/" + split.key();
      read.add(folder.substring(folder.lastIndexOf('/') + 1));
      ClassFolders found = ClassFolders.in(files, folder, "[.]dat");
      requireClasses(folder, found, classes);
      recordings.addAll(
          Recording.inTurn(files.entry(path).path(), split, List.copyOf(found.classes().values())));
      passedOver.addAll(found.passedOver());
    }
    passedOver.addAll(beside(files, path, read));
    Reader reader = (in, file, sink) -> EventFormat.DAT.read(in, file, options, sink);
    return new SampleFiles(reader, OFFICIAL, classes, recordings, passedOver);
  }

  /** What lies beside the folders of a set. */
  private static List<String> beside(FileStore files, String path, Set<String> folders) {
    return files.list(path).stream()
        .filter(entry -> !folders.contains(entry.name()))
        .map(FileEntry::path)
        .toList();
  }

  private static Reader reader(EventFormat format, OfficialEventsDataset.Place place) {
    return (in, file, sink) -> format.read(in, file, place.options(), sink);
  }

  private static void requireClasses(String folder, ClassFolders found, List<String> expected) {
    requireClasses(folder, found.classes().keySet(), expected, found.passedOver());
  }

  private static void requireClasses(
      String folder, Set<String> found, List<String> expected, List<String> passedOver) {
    if (!found.equals(Set.copyOf(expected))) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected class folders %s with recordings, found %s%s",
              folder,
              expected,
              found,
              note(passedOver)));
    }
  }

  private static String note(List<String> passedOver) {
    return passedOver.isEmpty() ? "" : "; " + SkippedFiles.note(passedOver);
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
      train.add(ofLastTenth(Split.TRAIN, all));
      test.add(ofLastTenth(Split.TEST, all));
    }
    List<Recording> recordings = new ArrayList<>();
    recordings.addAll(Recording.inTurn(files.entry(path).path(), Split.TRAIN, train));
    recordings.addAll(Recording.inTurn(files.entry(path).path(), Split.TEST, test));
    return new SampleFiles(
        reader, LAST_TENTH, List.copyOf(found.classes().keySet()), recordings, found.passedOver());
  }

  private static List<FileEntry> ofLastTenth(Split split, List<FileEntry> all) {
    int first = all.size() - Math.max(1, all.size() / 10);
    return split == Split.TRAIN ? all.subList(0, first) : all.subList(first, all.size());
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
  public <T> T open(FileStore files, Recording recording, FileStore.Decoder<T> decoder) {
    FileEntry file = recording.file();
    Optional<ZipArchive> archive = archives.stream().filter(a -> a.holds(file)).findFirst();
    return archive.isPresent()
        ? archive.get().read(file, decoder)
        : EventLayout.super.open(files, recording, decoder);
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
