package org.qsnn.dataset;

import java.util.Optional;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.RecordingOptions;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.WindowCut;

/** Sources of data sets, as tests name them. */
public final class Places {
  private static final WindowCut NO_CUT = new WindowCut(WindowCut.Unit.EVENTS, 1, 1, 1);

  private static final ImageSplit SPLIT = new ImageSplit(0.2, 1);

  /** In all recordings of a set. */
  static final long MOST_BAD_EVENTS = 3;

  private Places() {}

  public static DatasetSource cifar(CifarFormat format, String path) {
    return switch (format) {
      case CIFAR10 -> at(Datasets.CIFAR10, path, 0);
      case CIFAR100 -> at(Datasets.CIFAR100, path, 0);
    };
  }

  public static DatasetSource synthetic(int train, int test) {
    return computed(Datasets.SYNTHETIC, train, test);
  }

  public static DatasetSource syntheticEvents(int train, int test) {
    return computed(Datasets.SYNTHETIC_EVENTS, train, test);
  }

  public static DatasetSource recordings(
      String path, WindowCut cut, Aedat2Convention aedat2, int badFiles) {
    return Datasets.RECORDINGS.source(
        choices(
            Optional.of(path), 0, 0, cut, RecordingOptions.DEFAULT.withAedat2(aedat2), badFiles));
  }

  /** Recordings of which a user says something. */
  public static DatasetSource recordings(
      String path, WindowCut cut, RecordingOptions options, int badFiles) {
    return Datasets.RECORDINGS.source(choices(Optional.of(path), 0, 0, cut, options, badFiles));
  }

  /** Long recordings with a table of what is seen in them. */
  static DatasetSource labeled(String path, WindowCut cut, RecordingOptions options) {
    return Datasets.LABELED_RECORDINGS.source(choices(Optional.of(path), 0, 0, cut, options, 0));
  }

  private static Dataset.Choices choices(
      Optional<String> path,
      int train,
      int test,
      WindowCut cut,
      RecordingOptions options,
      int badFiles) {
    return new Dataset.Choices(path, train, test, cut, options, MOST_BAD_EVENTS, SPLIT, badFiles);
  }

  /** Of a data set that needs nothing but its place. */
  public static DatasetSource at(Dataset dataset, String path, int badFiles) {
    return dataset.source(
        choices(Optional.of(path), 0, 0, NO_CUT, RecordingOptions.DEFAULT, badFiles));
  }

  private static DatasetSource computed(Dataset dataset, int train, int test) {
    return dataset.source(
        choices(Optional.empty(), train, test, NO_CUT, RecordingOptions.DEFAULT, 0));
  }
}
