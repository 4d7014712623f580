package org.qsnn.dataset;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileStore;

/**
 * CIFAR-10 and CIFAR-100: official files, from <a
 * href="https://www.cs.toronto.edu/~kriz/cifar.html">the data sets' page</a>.
 */
record CifarDataset(
    String key, CifarFormat format, OfficialArchive officialArchive, ImageInput input)
    implements Dataset {
  static final CifarDataset CIFAR10 =
      new CifarDataset(
          "cifar10",
          CifarFormat.CIFAR10,
          new OfficialArchive(
              URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
              "cifar-10-batches-bin",
              170_052_171,
              "c32a1d4ab5d03f1284b67883e8d87530"),
          new ImageInput(List.of(.4914, .4822, .4465), List.of(.2023, .1994, .2010)));

  static final CifarDataset CIFAR100 =
      new CifarDataset(
          "cifar100",
          CifarFormat.CIFAR100,
          new OfficialArchive(
              URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
              "cifar-100-binary",
              168_513_733,
              "03b5dce01913d631647c71ecec9e9cb8"),
          new ImageInput(List.of(.5071, .4867, .4408), List.of(.2675, .2565, .2761)));

  @Override
  public Optional<Images> images() {
    return Optional.of(new Images(CifarFormat.SIZE, input));
  }

  @Override
  public Optional<OfficialArchive> archive() {
    return Optional.of(officialArchive);
  }

  @Override
  public DatasetSource source(Choices choices) {
    return new Place(this, choices.path().orElseThrow());
  }

  /**
   * Where they lie.
   *
   * @param path a folder with the .bin files, the folder above it, or the official .tar.gz
   */
  record Place(CifarDataset dataset, String path) implements DatasetSource {
    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }

    @Override
    public RawSource open(FileStore files) {
      return CifarLocator.find(files, dataset, path);
    }
  }
}
