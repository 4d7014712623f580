package org.qsnn.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The data sets that a configuration may name in {@code dataset.kind}. */
public enum DatasetKind {
  /** Rendered images; needs no data. */
  SYNTHETIC(CifarFormat.CIFAR10, SyntheticImages.classNames(), Normalization.SYNTHETIC),
  CIFAR10(CifarFormat.CIFAR10, CifarFormat.CIFAR10.classNames(), Normalization.CIFAR10),
  CIFAR100(CifarFormat.CIFAR100, CifarFormat.CIFAR100.classNames(), Normalization.CIFAR100);

  private final CifarFormat format;
  private final List<String> classNames;
  private final Normalization normalization;

  DatasetKind(CifarFormat format, List<String> classNames, Normalization normalization) {
    this.format = format;
    this.classNames = List.copyOf(classNames);
    this.normalization = normalization;
  }

  /** The keys of all kinds. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(DatasetKind::key).toList();
  }

  /**
   * The kind with this key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DatasetKind named(String key) {
    return Arrays.stream(values())
        .filter(kind -> kind.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(key + " is none of " + String.join(", ", keys())));
  }

  /** The name in configurations and manifests. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The layout of its records. */
  public CifarFormat format() {
    return format;
  }

  /** Class names; the index is the label. */
  public List<String> classNames() {
    return classNames;
  }

  public Normalization normalization() {
    return normalization;
  }
}
