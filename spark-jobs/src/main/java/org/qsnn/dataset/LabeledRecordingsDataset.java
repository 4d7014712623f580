package org.qsnn.dataset;

import java.util.Locale;
import java.util.Optional;
import org.qsnn.event.RecordingOptions;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;

/** Long recordings of event cameras, with a table of what is seen in them when. */
final class LabeledRecordingsDataset implements Dataset {
  @Override
  public String key() {
    return "labeled-recordings";
  }

  @Override
  public boolean hasWindows() {
    return true;
  }

  /** Its class, so that none is validated on alone: some are seen at the end of recordings only. */
  @Override
  public String group(SourceFile source) {
    return source.name().substring(0, source.name().indexOf('/'));
  }

  @Override
  public DatasetSource source(Choices choices) {
    return new Place(
        choices.path().orElseThrow(),
        choices.cut(),
        choices.options(),
        choices.badEventsInAll(),
        choices.split(),
        choices.badFiles());
  }

  /**
   * Where they lie.
   *
   * @param path a folder with {@value LabeledRecordings#TABLE}, or such a table of another name
   * @param options what the files do not say themselves
   * @param badEventsInAll that are tolerated in all recordings
   * @param split of the rows, if the table does not say it
   * @param badFiles rows that are left out if their recording is damaged; one more is a failure
   */
  record Place(
      String path,
      WindowCut cut,
      RecordingOptions options,
      long badEventsInAll,
      ImageSplit split,
      int badFiles)
      implements DatasetSource {
    @Override
    public Dataset dataset() {
      return Datasets.LABELED_RECORDINGS;
    }

    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }

    @Override
    public String sampling() {
      return String.format(
          Locale.ROOT,
          "rows of a table; %s; %s of each class's rows tested where no column says, seed %d; AEDAT"
              + " 2.0 as %s%s",
          cut,
          split.testFraction(),
          split.seed(),
          options.aedat2(),
          options.note());
    }

    @Override
    public RawSource open(FileStore files) {
      return new EventSource(
          files, new LabeledRecordings(files, this), sampling(), badFiles, badEventsInAll);
    }
  }
}
