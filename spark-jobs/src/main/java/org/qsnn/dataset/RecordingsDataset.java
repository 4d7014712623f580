package org.qsnn.dataset;

import java.util.Locale;
import java.util.Optional;
import org.qsnn.event.RecordingOptions;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;

/** Folders of recordings of event cameras, which are cut into windows. */
final class RecordingsDataset implements Dataset {
  @Override
  public String key() {
    return "recordings";
  }

  @Override
  public boolean hasWindows() {
    return true;
  }

  @Override
  public DatasetSource source(Choices choices) {
    return new Place(
        choices.path().orElseThrow(),
        choices.cut(),
        choices.options(),
        choices.badEventsInAll(),
        choices.badFiles());
  }

  /**
   * Where they lie.
   *
   * @param path a folder with {@code train/<class>/*.aedat} or {@code train/<class>.aedat}, and
   *     {@code test}
   * @param options what the files do not say themselves
   * @param badEventsInAll that are tolerated in all recordings
   * @param badFiles recordings that are left out if they are damaged; one more is a failure
   */
  record Place(
      String path, WindowCut cut, RecordingOptions options, long badEventsInAll, int badFiles)
      implements DatasetSource {
    @Override
    public Dataset dataset() {
      return Datasets.RECORDINGS;
    }

    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }

    @Override
    public String sampling() {
      return String.format(
          Locale.ROOT, "%s; AEDAT 2.0 as %s%s", cut, options.aedat2(), options.note());
    }

    @Override
    public RawSource open(FileStore files) {
      return new EventSource(
          files, new RecordingFolders(files, this), sampling(), badFiles, badEventsInAll);
    }
  }
}
