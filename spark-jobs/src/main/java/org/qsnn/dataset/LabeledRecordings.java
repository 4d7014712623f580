package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.event.EventFormat;
import org.qsnn.event.EventSink;
import org.qsnn.event.Events;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * The user's own long recordings in which several classes are seen one after the other, and a table
 * of when: {@link RecordingLabels}. Each row is cut as a recording of its class is. Rows are
 * trained on or tested as the table says, or drawn of each class.
 */
final class LabeledRecordings implements EventLayout {
  static final String TABLE = "labels.csv";

  private static final int MAX_TABLE_BYTES = 16 << 20;

  private final LabeledRecordingsDataset.Place place;
  private final FileEntry table;
  private final RecordingLabels labels;
  private final List<String> classNames;
  private final List<Recording> recordings;
  private final Map<String, RecordingLabels.Row> rows = new HashMap<>();
  private final List<String> passedOver = new ArrayList<>();

  LabeledRecordings(FileStore files, LabeledRecordingsDataset.Place place) {
    this.place = place;
    this.table = table(files, place.path());
    String text =
        new String(files.readBytes(table.path(), MAX_TABLE_BYTES), StandardCharsets.UTF_8);
    this.labels = RecordingLabels.parse(text, table.path());
    this.classNames = labels.classNames();
    Map<String, FileEntry> found = new HashMap<>();
    Set<String> named = new HashSet<>();
    labels.rows().forEach(row -> named.add(row.recording()));
    String root = table.path().substring(0, table.path().length() - table.name().length() - 1);
    list(files, root, "", named, found);
    this.recordings = recordings(root, found);
  }

  private static FileEntry table(FileStore files, String path) {
    FileEntry entry = files.entry(path);
    if (!entry.isFolder()) {
      return entry;
    }
    String inside = entry.path() + "/" + TABLE;
    if (!files.exists(inside)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the file %s with the columns %s, found %s",
              path,
              TABLE,
              RecordingLabels.HEADER,
              files.list(entry.path()).stream().map(FileEntry::name).toList()));
    }
    return files.entry(inside);
  }

  /** Looks into folders that a row names. */
  private void list(
      FileStore files,
      String folder,
      String below,
      Set<String> named,
      Map<String, FileEntry> found) {
    for (FileEntry entry : files.list(folder)) {
      String name = below + entry.name();
      if (entry.isFolder() && named.stream().anyMatch(row -> row.startsWith(name + "/"))) {
        list(files, entry.path(), name + "/", named, found);
      } else if (!entry.isFolder() && named.contains(name)) {
        found.put(name, entry);
      } else if (!entry.path().equals(table.path())) {
        passedOver.add(entry.path() + " (in no row)");
      }
    }
  }

  /** Those of one file one after the other, so that it is read once for each split. */
  private List<Recording> recordings(String root, Map<String, FileEntry> found) {
    Set<RecordingLabels.Row> tested = tested();
    Map<String, List<RecordingLabels.Row>> byFile = new LinkedHashMap<>();
    for (RecordingLabels.Row row : labels.rows()) {
      byFile.computeIfAbsent(row.recording(), key -> new ArrayList<>()).add(row);
      rows.put(row.name(), row);
    }
    List<Recording> all = new ArrayList<>();
    byFile.forEach(
        (name, inside) -> {
          // Reading one that is missing fails as that of a damaged one does.
          FileEntry file =
              found.getOrDefault(name, new FileEntry(name, root + "/" + name, 0, 0, false));
          for (RecordingLabels.Row row : inside) {
            Split split = tested.contains(row) ? Split.TEST : Split.TRAIN;
            int label = classNames.indexOf(row.className());
            all.add(new Recording(row.name(), split, label, file));
          }
        });
    return List.copyOf(all);
  }

  private Set<RecordingLabels.Row> tested() {
    Set<RecordingLabels.Row> tested = new LinkedHashSet<>();
    for (String name : classNames) {
      List<RecordingLabels.Row> own =
          labels.rows().stream().filter(row -> row.className().equals(name)).toList();
      List<RecordingLabels.Row> ownTested =
          labels.hasSplit()
              ? own.stream().filter(row -> row.split().orElseThrow() == Split.TEST).toList()
              : drawn(own);
      if (own.size() == ownTested.size() || (ownTested.isEmpty() && !labels.hasSplit())) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: class %s: expected %s, found %d in all, the first in line %d",
                table.path(),
                name,
                labels.hasSplit()
                    ? "a row to train on"
                    : "two rows or more, to train on and to test",
                own.size(),
                own.get(0).line()));
      }
      tested.addAll(ownTested);
    }
    return tested;
  }

  private List<RecordingLabels.Row> drawn(List<RecordingLabels.Row> own) {
    Map<String, RecordingLabels.Row> byName = new LinkedHashMap<>();
    own.forEach(row -> byName.put(row.name(), row));
    List<FileEntry> names =
        byName.keySet().stream().map(name -> new FileEntry(name, name, 0, 0, false)).toList();
    return place.split().drawn(names).subList(0, place.split().tested(own.size())).stream()
        .map(drawn -> byName.get(drawn.name()))
        .toList();
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public String splitName() {
    return labels.hasSplit() ? "label-column" : "drawn";
  }

  @Override
  public String state() {
    return table.path() + " " + table.bytes() + " " + table.modified();
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
  public boolean needsEveryClass() {
    return true;
  }

  @Override
  public void read(InputStream in, String file, EventSink sink) throws IOException {
    EventFormat.of(in, file, place.options().aedat2()).read(in, file, place.options(), sink);
  }

  @Override
  public Stream<LabeledEvents> samples(Recording recording, Events events) {
    RecordingLabels.Row row = rows.get(recording.name());
    Events piece =
        events.slice(events.firstAtOrAfter(row.start()), events.firstAtOrAfter(row.end()));
    if (piece.isEmpty() || windows(recording, piece).findFirst().isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d: expected enough events of %s from %d to %d µs for one of the %s, found %d;"
                  + " the recording has %s",
              table.path(),
              row.line(),
              row.recording(),
              row.start(),
              row.end(),
              place.cut(),
              piece.size(),
              events));
    }
    return windows(recording, piece).map(window -> new LabeledEvents(recording.label(), window));
  }

  private Stream<Events> windows(Recording recording, Events piece) {
    return recording.split() == Split.TRAIN ? place.cut().train(piece) : place.cut().test(piece);
  }
}
