package org.qsnn.source;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.event.GestureLabels;
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

  private static final String ENDING = ".aedat";
  private static final int MAX_LIST_BYTES = 1 << 20;

  private final FileStore files;
  private final List<Recording> recordings = new ArrayList<>();

  /**
   * @param path the folder with the lists, or the folder above it
   */
  GestureFolder(FileStore files, String path) {
    this.files = files;
    String folder =
        find(files, path)
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: expected DVS128-Gesture with its trials_to_train.txt, found no such file"
                            .formatted(path)));
    for (Split split : Split.values()) {
      for (String name : trials(folder, split)) {
        recordings.add(new Recording(name, split, -1, files.entry(folder + "/" + name)));
      }
    }
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
    List<String> names = text.lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
    for (String name : names) {
      if (!name.endsWith(ENDING) || name.contains("/")) {
        throw new DataException(
            "%s: expected names of recordings such as user01_natural.aedat, found %s"
                .formatted(list, name));
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
  public List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  @Override
  public Events read(InputStream in, String file) {
    return EventFormat.AEDAT31.read(in, file);
  }

  @Override
  public List<LabeledEvents> samples(Recording recording, Events events) {
    String path = recording.file().path();
    String labelFile = path.substring(0, path.length() - ENDING.length()) + "_labels.csv";
    GestureLabels labels = files.read(labelFile, in -> GestureLabels.read(in, labelFile));
    labels
        .overlaps()
        .forEach(
            overlap ->
                LOG.info(
                    "{}: lines {} and {} overlap: their common events belong to both samples",
                    labelFile,
                    overlap.first().line(),
                    overlap.second().line()));
    List<LabeledEvents> samples = new ArrayList<>();
    for (GestureLabels.Row row : labels.rows()) {
      Events gesture = row.of(events);
      if (gesture.isEmpty()) {
        LOG.warn("{}: line {}: left out, the recording has no event then", labelFile, row.line());
      } else {
        samples.add(new LabeledEvents(row.label(), gesture));
      }
    }
    if (samples.isEmpty()) {
      throw new DataException(
          "%s: expected events of %s, found none".formatted(labelFile, recording.name()));
    }
    return samples;
  }
}
