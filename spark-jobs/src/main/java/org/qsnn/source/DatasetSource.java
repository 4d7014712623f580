package org.qsnn.source;

import java.util.Optional;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.dataset.DatasetKind;

/** What a data set is made from, as the user names it. */
public sealed interface DatasetSource {
  DatasetKind kind();

  /** Where the data lies, raw or prepared; empty if it is computed. */
  Optional<String> place();

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

    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }
  }

  /** Rendered images; always the same ones, so that runs with different seeds can be compared. */
  record Synthetic(int trainSamples, int testSamples) implements DatasetSource {
    @Override
    public DatasetKind kind() {
      return DatasetKind.SYNTHETIC;
    }

    @Override
    public Optional<String> place() {
      return Optional.empty();
    }
  }

  /** A kind without raw files, at a place that can only hold its prepared form. */
  record Prepared(DatasetKind kind, String path) implements DatasetSource {
    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }
  }
}
