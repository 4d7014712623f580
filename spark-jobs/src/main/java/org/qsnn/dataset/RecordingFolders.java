package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.event.EventFormat;
import org.qsnn.event.EventSink;
import org.qsnn.event.Events;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * The user's own recordings: {@code train/<class>/*.aedat} or {@code train/<class>.aedat}, and the
 * same in {@code test}, with any ending of {@link EventFormat#ENDINGS}; each is cut into windows.
 * Other files and folders are skipped, with a note.
 */
final class RecordingFolders implements EventLayout {
  /** Its first bytes say which. */
  private static final String ENDING = "[.](" + EventFormat.ENDINGS + ")";

  private final RecordingsDataset.Place source;
  private final String root;
  private final SortedMap<String, List<FileEntry>> train;
  private final SortedMap<String, List<FileEntry>> test;
  private final List<String> passedOver = new ArrayList<>();

  RecordingFolders(FileStore files, RecordingsDataset.Place source) {
    this.source = source;
    this.root = files.entry(source.path()).path();
    files.list(root).stream()
        .filter(entry -> !isSplit(entry.name()))
        .map(entry -> entry.path() + " (neither train nor test)")
        .forEach(passedOver::add);
    this.train = classes(files, Split.TRAIN);
    this.test = classes(files, Split.TEST);
    if (!train.keySet().equals(test.keySet())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the same classes in train and test, found %s and %s%s",
              root,
              train.keySet(),
              test.keySet(),
              passedOverNote()));
    }
  }

  private String passedOverNote() {
    return passedOver.isEmpty() ? "" : "; " + SkippedFiles.note(passedOver);
  }

  private static boolean isSplit(String name) {
    return Arrays.stream(Split.values()).anyMatch(split -> split.key().equals(name));
  }

  private SortedMap<String, List<FileEntry>> classes(FileStore files, Split split) {
    String folder = root + "/" + split.key();
    if (!files.exists(folder)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the folders train and test with recordings, found %s",
              root,
              files.list(root).stream().map(FileEntry::name).toList()));
    }
    ClassFolders found = ClassFolders.in(files, folder, ENDING);
    passedOver.addAll(found.passedOver());
    if (found.classes().isEmpty()) {
      throw new DataException(
          folder
              + ": expected recordings as <class>/*.aedat or <class>.aedat, found none"
              + passedOverNote());
    }
    return found.classes();
  }

  @Override
  public List<String> classNames() {
    return List.copyOf(train.keySet());
  }

  @Override
  public String splitName() {
    return "folders";
  }

  @Override
  public List<String> passedOver() {
    return passedOver;
  }

  @Override
  public List<Recording> recordings() {
    List<Recording> recordings = new ArrayList<>();
    train.forEach((name, files) -> add(recordings, Split.TRAIN, name, files));
    test.forEach((name, files) -> add(recordings, Split.TEST, name, files));
    return recordings;
  }

  private void add(List<Recording> to, Split split, String className, List<FileEntry> files) {
    int label = classNames().indexOf(className);
    for (FileEntry file : files) {
      to.add(new Recording(file.path().substring(root.length() + 1), split, label, file));
    }
  }

  @Override
  public void read(InputStream in, String file, EventSink sink) throws IOException {
    EventFormat.of(in, file, source.options().aedat2()).read(in, file, source.options(), sink);
  }

  @Override
  public Stream<LabeledEvents> samples(Recording recording, Events events) {
    if (windows(recording, events).findFirst().isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected enough events for one of the %s, found %s",
              recording.file().path(),
              source.cut(),
              events));
    }
    return windows(recording, events).map(window -> new LabeledEvents(recording.label(), window));
  }

  private Stream<Events> windows(Recording recording, Events events) {
    return recording.split() == Split.TRAIN
        ? source.cut().train(events)
        : source.cut().test(events);
  }
}
