package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.qsnn.event.EventSink;
import org.qsnn.event.Events;
import org.qsnn.storage.FileStore;

/** How a set of recordings lies in folders, and what its samples are. */
interface EventLayout {

  /** The index is the label. */
  List<String> classNames();

  /** See {@link RawSource#splitName}. */
  String splitName();

  /** What {@link RawSource#state} has to name besides the recordings; empty if nothing. */
  default String state() {
    return "";
  }

  /** Whether a class without a training sample is an error, not only worth a warning. */
  default boolean needsEveryClass() {
    return false;
  }

  /** What lies in the folder and is no part of the set; for a note. */
  List<String> passedOver();

  /** All recordings; those of a split in the order of their samples' ids. */
  List<Recording> recordings();

  /** Opens a recording, hands its bytes to {@code decoder}, closes it. */
  default <T> T open(FileStore files, Recording recording, FileStore.Decoder<T> decoder) {
    String path = recording.file().path();
    if (recording.file().bytes() == 0) {
      // Missing or, as a pipe, without end.
      files.entry(path);
    }
    return files.read(path, decoder);
  }

  /**
   * Reads a recording to its end.
   *
   * @param in supports {@code mark}
   * @param file its path for messages
   * @throws org.qsnn.DataException if it is damaged
   */
  void read(InputStream in, String file, EventSink sink) throws IOException;

  /**
   * The samples of a recording, in the order of their ids, none of them empty; made as they are
   * asked for.
   *
   * @throws org.qsnn.DataException if there is none
   */
  Stream<LabeledEvents> samples(Recording recording, Events events);
}
