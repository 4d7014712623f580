package org.qsnn.data;

import org.qsnn.dataset.CifarFormat;

/**
 * The archives that <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the data sets' page</a>
 * offers, with the MD5 that it publishes.
 *
 * @param fileName name of the archive
 * @param folder the folder inside of it
 * @param md5 in lower-case hexadecimal
 */
public record OfficialArchive(String fileName, String folder, String md5) {
  public static OfficialArchive of(CifarFormat format) {
    return switch (format) {
      case CIFAR10 ->
          new OfficialArchive(
              "cifar-10-binary.tar.gz", "cifar-10-batches-bin", "c32a1d4ab5d03f1284b67883e8d87530");
      case CIFAR100 ->
          new OfficialArchive(
              "cifar-100-binary.tar.gz", "cifar-100-binary", "03b5dce01913d631647c71ecec9e9cb8");
    };
  }
}
