package org.qsnn.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The data sets that a configuration may name in {@code dataset.kind}. */
public enum DatasetKind {
  /** Rendered images; needs no data. */
  SYNTHETIC,
  CIFAR10,
  CIFAR100;

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
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
