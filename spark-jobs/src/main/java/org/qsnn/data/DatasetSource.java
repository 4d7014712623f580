package org.qsnn.data;

import java.util.Optional;
import org.qsnn.ConfigurationException;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.dataset.DatasetKind;

/** What a data set is made from, as the user names it. */
public sealed interface DatasetSource {
  DatasetKind kind();

  /**
   * Official files.
   *
   * @param path a folder with the .bin files, the folder above it, or the official .tar.gz
   */
  record Cifar(CifarFormat format, String path) implements DatasetSource {
    @Override
    public DatasetKind kind() {
      return switch (format) {
        case CIFAR10 -> DatasetKind.CIFAR10;
        case CIFAR100 -> DatasetKind.CIFAR100;
      };
    }
  }

  /** Rendered images; always the same ones, so that runs with different seeds can be compared. */
  record Synthetic(int trainSamples, int testSamples) implements DatasetSource {
    @Override
    public DatasetKind kind() {
      return DatasetKind.SYNTHETIC;
    }
  }

  /**
   * The source that {@code dataset.kind} and {@code dataset.path} name.
   *
   * @throws ConfigurationException if the kind needs a path, or has none
   */
  static DatasetSource of(DatasetKind kind, Optional<String> path, Synthetic synthetic) {
    if (kind != DatasetKind.SYNTHETIC) {
      return new Cifar(kind.format(), path.orElseThrow(() -> missing(kind)));
    }
    if (path.isPresent()) {
      throw new ConfigurationException(
          "dataset.path: expected a prepared folder or nothing, as dataset.kind is synthetic;"
              + " found "
              + path.get()
              + ", which has no "
              + ManifestFile.NAME);
    }
    return synthetic;
  }

  private static ConfigurationException missing(DatasetKind kind) {
    return new ConfigurationException(
        "dataset.path: expected the place of the data, as dataset.kind is "
            + kind.key()
            + "; found nothing");
  }
}
