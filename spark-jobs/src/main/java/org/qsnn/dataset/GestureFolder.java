package org.qsnn.dataset;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.event.EventFormat;
import org.qsnn.event.EventSink;
import org.qsnn.event.Events;
import org.qsnn.event.GestureLabels;
import org.qsnn.event.RecordingOptions;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * DVS128-Gesture as it is distributed (Amir et al., CVPR 2017): recordings of one person's gestures
 * in AEDAT 3.1, a label file beside each that says when which gesture was made, and two lists of
 * recordings, one for training and one for testing.
 */
final class GestureFolder implements EventLayout {
  private static final Logger LOG = LogManager.getLogger();

  static final String SPLIT_NAME = "official";

  static final List<String> CLASS_NAMES =
      List.of(
          "hand_clapping",
          "right_hand_wave",
          "left_hand_wave",
          "right_arm_clockwise",
          "right_arm_counter_clockwise",
          "left_arm_clockwise",
          "left_arm_counter_clockwise",
          "arm_roll",
          "air_drums",
          "air_guitar",
          "other_gestures");

  /** What says which files are recordings, and what the numbers of classes mean. */
  private static final Set<String> LISTS =
      Set.of("trials_to_train.txt", "trials_to_test.txt", "gesture_mapping.csv");

  private static final Pattern RECORDING =
      Pattern.compile("([^/]+)[.]aedat", Pattern.CASE_INSENSITIVE);
  private static final int MAX_LIST_BYTES = 1 << 20;

  /** That of UTF-8, which some editors write. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Rows share events where a recording was labeled twice, not many times over. */
  private static final int MOST_SHARED = 16;

  private final FileStore files;
  private final RecordingOptions options;
  private final List<Recording> recordings = new ArrayList<>();
  private final List<String> passedOver = new ArrayList<>();

  /**
   * @param path the folder with the lists, or the folder above it
   */
  GestureFolder(FileStore files, String path, RecordingOptions options) {
    this.files = files;
    this.options = options;
    String folder =
        find(files, path)
            .orElseThrow(
                () ->
                    new DataException(
                        String.format(
                            Locale.ROOT,
                            "%s: expected DVS128-Gesture with its trials_to_train.txt, found no such file",
                            path)));
    Map<String, FileEntry> present = new TreeMap<>();
    files.list(folder).forEach(entry -> present.put(entry.name(), entry));
    for (Split split : Split.values()) {
      for (String name : trials(folder, split)) {
        FileEntry file = present.getOrDefault(name, missing(folder, name));
        recordings.add(new Recording(name, split, -1, file));
      }
    }
    for (Recording recording : recordings) {
      present.remove(recording.name());
      present.remove(labelFile(recording.name()));
    }
    present.keySet().removeAll(LISTS);
    present.values().stream()
        .map(
            entry ->
                entry.path()
                    + (RECORDING.matcher(entry.name()).matches() ? " (in neither list)" : ""))
        .forEach(passedOver::add);
    String above = files.entry(path).path();
    String entered = files.entry(folder).path();
    if (!entered.equals(above)) {
      files.list(above).stream()
          .map(FileEntry::path)
          .filter(beside -> !beside.equals(entered))
          .forEach(passedOver::add);
    }
  }

  private static String labelFile(String recording) {
    return recording.substring(0, recording.lastIndexOf('.')) + "_labels.csv";
  }

  /** Reading it fails as that of a damaged one does. */
  private static FileEntry missing(String folder, String name) {
    return new FileEntry(name, folder + "/" + name, 0, 0, false);
  }

  /** The folder with the lists: at a path or one below. */
  static Optional<String> find(FileStore files, String path) {
    if (files.exists(list(path, Split.TRAIN))) {
      return Optional.of(path);
    }
    return files.list(path).stream()
        .filter(FileEntry::isFolder)
        .map(FileEntry::path)
        .filter(folder -> files.exists(list(folder, Split.TRAIN)))
        .findFirst();
  }

  private static String list(String folder, Split split) {
    return folder + "/trials_to_" + split.key() + ".txt";
  }

  private List<String> trials(String folder, Split split) {
    String list = list(folder, split);
    String text = new String(files.readBytes(list, MAX_LIST_BYTES), StandardCharsets.UTF_8);
    List<String> names =
        text.lines()
            .map(line -> line.replace(BYTE_ORDER_MARK, "").strip())
            .filter(name -> !name.isEmpty())
            .toList();
    for (String name : names) {
      if (!RECORDING.matcher(name).matches()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected names of recordings such as user01_natural.aedat, found %s",
                list,
                name));
      }
    }
    return names;
  }

  @Override
  public List<String> classNames() {
    return CLASS_NAMES;
  }

  @Override
  public String splitName() {
    return SPLIT_NAME;
  }

  @Override
  public List<String> passedOver() {
    return passedOver;
  }

  @Override
  public List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  @Override
  public void read(InputStream in, String file, EventSink sink) {
    EventFormat.AEDAT31.read(in, file, options, sink);
  }

  @Override
  public Stream<LabeledEvents> samples(Recording recording, Events events) {
    String path = recording.file().path();
    String labelFile = labelFile(path);
    GestureLabels labels = files.read(labelFile, in -> GestureLabels.read(in, labelFile));
    List<GestureLabels.Row> overlapping = labels.overlapping();
    if (!overlapping.isEmpty()) {
      LOG.info(
          "{}: {} of {} rows overlap an earlier one, the first in line {}: their common events"
              + " belong to both samples",
          labelFile,
          overlapping.size(),
          labels.rows().size(),
          overlapping.get(0).line());
    }
    requireFewShared(labels, events, labelFile);
    List<LabeledEvents> samples = new ArrayList<>();
    List<Integer> empty = new ArrayList<>();
    for (GestureLabels.Row row : labels.rows()) {
      Events gesture = row.of(events);
      if (gesture.isEmpty()) {
        empty.add(row.line());
      } else {
        samples.add(new LabeledEvents(row.label(), gesture));
      }
    }
    if (samples.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT, "%s: expected events of %s, found none", labelFile, recording.name()));
    }
    if (!empty.isEmpty()) {
      LOG.warn(
          "{}: {} of {} rows left out, since the recording has no events at their times; the first is in line {}",
          labelFile,
          empty.size(),
          labels.rows().size(),
          empty.get(0));
    }
    return samples.stream();
  }

  /** Each row is a sample of its own: a short list may ask for thousands of whole recordings. */
  private static void requireFewShared(GestureLabels labels, Events events, String labelFile) {
    long shared = labels.rows().stream().mapToLong(row -> row.of(events).size()).sum();
    if (shared > (long) MOST_SHARED * events.size()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected rows with %d times the recording's %d events at most, found %d in %d rows",
              labelFile,
              MOST_SHARED,
              events.size(),
              shared,
              labels.rows().size()));
    }
  }
}
