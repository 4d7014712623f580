package org.qsnn.dataset;

import java.util.List;
import java.util.Optional;
import org.qsnn.event.RecordingOptions;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * An event set as it is distributed.
 *
 * @param sampling how samples are made from files
 */
record OfficialEventsDataset(String key, String sampling, Opening opening) implements Dataset {
  static final OfficialEventsDataset DVS_GESTURE =
      new OfficialEventsDataset("dvs-gesture", "label rows", OfficialEventsDataset::gesture);

  static final OfficialEventsDataset CIFAR10_DVS =
      new OfficialEventsDataset(
          "cifar10-dvs",
          "files",
          (files, place) -> place.of(files, SampleFiles.cifar10Dvs(files, place)));

  static final OfficialEventsDataset N_MNIST =
      new OfficialEventsDataset("n-mnist", "files", OfficialEventsDataset::nMnist);

  static final OfficialEventsDataset N_CALTECH101 =
      new OfficialEventsDataset("n-caltech101", "files", OfficialEventsDataset::nCaltech101);

  static final OfficialEventsDataset N_CARS =
      new OfficialEventsDataset(
          "n-cars", "files", (files, place) -> place.of(files, SampleFiles.nCars(files, place)));

  /** Finds out what lies at a place. */
  interface Opening {
    RawSource open(FileStore files, Place place);
  }

  private static RawSource gesture(FileStore files, Place place) {
    Optional<FileEntry> archive = GestureArchive.at(files, place.path());
    if (archive.isPresent()) {
      return new GestureArchive(files, archive.get(), place);
    }
    return place.of(files, new GestureFolder(files, place.path(), place.options()));
  }

  private static RawSource nMnist(FileStore files, Place place) {
    List<FileEntry> archives = SampleArchives.at(files, place.path(), "train|test", "train|test");
    return archives.isEmpty()
        ? place.of(files, SampleFiles.nMnist(files, place))
        : new SampleArchives(files, archives, place, SampleFiles.OFFICIAL, SampleFiles::nMnist);
  }

  private static RawSource nCaltech101(FileStore files, Place place) {
    List<FileEntry> archives =
        SampleArchives.at(files, place.path(), "caltech101", "(?!.*annotation)[^.].*");
    return archives.isEmpty()
        ? place.of(files, SampleFiles.nCaltech101(files, place))
        : new SampleArchives(
            files, archives, place, SampleFiles.LAST_TENTH, SampleFiles::nCaltech101);
  }

  @Override
  public DatasetSource source(Choices choices) {
    return new Place(
        this,
        choices.path().orElseThrow(),
        choices.options(),
        choices.badEventsInAll(),
        choices.badFiles());
  }

  /**
   * Where it lies.
   *
   * @param path its folder; of DVS128-Gesture also the .tar.gz, of N-MNIST and N-Caltech101 a .zip
   * @param options what the files do not say themselves
   * @param badEventsInAll that are tolerated in all recordings
   * @param badFiles files that are left out if they are damaged; one more is a failure
   */
  record Place(
      OfficialEventsDataset dataset,
      String path,
      RecordingOptions options,
      long badEventsInAll,
      int badFiles)
      implements DatasetSource {
    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }

    @Override
    public String sampling() {
      return dataset.sampling() + options.note();
    }

    @Override
    public RawSource open(FileStore files) {
      return dataset.opening().open(files, this);
    }

    RawSource of(FileStore files, EventLayout layout) {
      return new EventSource(files, layout, sampling(), badFiles, badEventsInAll);
    }
  }
}
