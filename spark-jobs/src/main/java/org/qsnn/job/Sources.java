package org.qsnn.job;

import org.qsnn.config.DatasetSection;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.source.DatasetSource;

/** What a configured dataset is made from. */
final class Sources {
  private Sources() {}

  static DatasetSource of(DatasetSection section) {
    return switch (section.kind()) {
      case SYNTHETIC -> synthetic(section);
      case CIFAR10 -> new DatasetSource.Cifar(CifarFormat.CIFAR10, section.path().orElseThrow());
      case CIFAR100 -> new DatasetSource.Cifar(CifarFormat.CIFAR100, section.path().orElseThrow());
    };
  }

  private static DatasetSource synthetic(DatasetSection section) {
    return section.path().isPresent()
        ? new DatasetSource.Prepared(section.kind(), section.path().get())
        : new DatasetSource.Synthetic(section.synthetic().train(), section.synthetic().test());
  }
}
