package org.qsnn.training;

import org.qsnn.config.DatasetSection;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.source.DatasetSource;

/** What a configured dataset is made from. */
public final class Sources {
  private Sources() {}

  public static DatasetSource of(DatasetSection section) {
    DatasetKind kind = section.kind();
    return switch (kind) {
      case SYNTHETIC, SYNTHETIC_EVENTS -> computed(section);
      case CIFAR10 -> new DatasetSource.Cifar(CifarFormat.CIFAR10, path(section));
      case CIFAR100 -> new DatasetSource.Cifar(CifarFormat.CIFAR100, path(section));
      case RECORDINGS ->
          new DatasetSource.Recordings(
              path(section),
              section.recordings().cut(),
              section.recordings().aedat2(),
              section.badFiles());
      case DVS_GESTURE, CIFAR10_DVS, N_MNIST, N_CALTECH101 ->
          new DatasetSource.OfficialEvents(kind, path(section), section.badFiles());
    };
  }

  private static String path(DatasetSection section) {
    return section.path().orElseThrow();
  }

  private static DatasetSource computed(DatasetSection section) {
    if (section.path().isPresent()) {
      return new DatasetSource.Prepared(section.kind(), path(section));
    }
    int train = section.synthetic().train();
    int test = section.synthetic().test();
    return section.kind() == DatasetKind.SYNTHETIC
        ? new DatasetSource.Synthetic(train, test)
        : new DatasetSource.SyntheticEvents(train, test);
  }
}
