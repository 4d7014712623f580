package org.qsnn.source;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.dataset.CifarFormat;

/**
 * The archives that <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the data sets' page</a>
 * offers, with the MD5 that it publishes and their lengths.
 */
public enum OfficialArchive {
  CIFAR10(
      CifarFormat.CIFAR10,
      "cifar-10-binary.tar.gz",
      "cifar-10-batches-bin",
      170_052_171,
      "c32a1d4ab5d03f1284b67883e8d87530"),
  CIFAR100(
      CifarFormat.CIFAR100,
      "cifar-100-binary.tar.gz",
      "cifar-100-binary",
      168_513_733,
      "03b5dce01913d631647c71ecec9e9cb8");

  private static final String SITE = "https://www.cs.toronto.edu/~kriz/";

  private final CifarFormat format;
  private final String fileName;
  private final String folder;
  private final long bytes;
  private final String md5;

  OfficialArchive(CifarFormat format, String fileName, String folder, long bytes, String md5) {
    this.format = format;
    this.fileName = fileName;
    this.folder = folder;
    this.bytes = bytes;
    this.md5 = md5;
  }

  /** The archive that holds files of this format. */
  public static OfficialArchive of(CifarFormat format) {
    return Arrays.stream(values())
        .filter(archive -> archive.format == format)
        .findFirst()
        .orElseThrow();
  }

  /** The archive of the kind of data set with this key; empty if it has none. */
  public static Optional<OfficialArchive> named(String key) {
    return Arrays.stream(values()).filter(archive -> archive.key().equals(key)).findFirst();
  }

  /** The keys of all kinds that have an archive. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(OfficialArchive::key).toList();
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name of the archive. */
  public String fileName() {
    return fileName;
  }

  /** The folder inside of it. */
  public String folder() {
    return folder;
  }

  /** Its length. */
  public long bytes() {
    return bytes;
  }

  /** In lower-case hexadecimal. */
  public String md5() {
    return md5;
  }

  /** Where it is offered. */
  public URI source() {
    return URI.create(SITE + fileName);
  }
}
