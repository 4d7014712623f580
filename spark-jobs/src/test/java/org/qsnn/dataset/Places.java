package org.qsnn.dataset;

import java.util.Optional;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.WindowCut;

/** Sources of data sets, as tests name them. */
public final class Places {
  private static final WindowCut NO_CUT = new WindowCut(WindowCut.Unit.EVENTS, 1, 1, 1);

  private static final ImageSplit SPLIT = new ImageSplit(0.2, 1);

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
        new Dataset.Choices(Optional.of(path), 0, 0, cut, aedat2, SPLIT, badFiles));
  }

  /** Of a data set that needs nothing but its place. */
  public static DatasetSource at(Dataset dataset, String path, int badFiles) {
    return dataset.source(
        new Dataset.Choices(
            Optional.of(path), 0, 0, NO_CUT, Aedat2Convention.DVS128, SPLIT, badFiles));
  }

  private static DatasetSource computed(Dataset dataset, int train, int test) {
    return dataset.source(
        new Dataset.Choices(
            Optional.empty(), train, test, NO_CUT, Aedat2Convention.DVS128, SPLIT, 0));
  }
}
