package org.qsnn.job;

import org.qsnn.config.DatasetSection;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.source.DatasetSource;

/** What a configured dataset is made from. */
final class Sources {
  private Sources() {}

  static DatasetSource of(DatasetSection section) {
    DatasetKind kind = section.kind();
    return switch (kind) {
      case SYNTHETIC -> synthetic(section);
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

  private static DatasetSource synthetic(DatasetSection section) {
    return section.path().isPresent()
        ? new DatasetSource.Prepared(section.kind(), section.path().get())
        : new DatasetSource.Synthetic(section.synthetic().train(), section.synthetic().test());
  }
}
