package org.qsnn.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The data sets that a configuration may name in {@code dataset.kind}. */
public enum DatasetKind {
  /** Rendered images; needs no data. */
  SYNTHETIC(Sample.IMAGE),
  CIFAR10(Sample.IMAGE),
  CIFAR100(Sample.IMAGE),
  /** The rendered images as a simulated event camera sees them; needs no data. */
  SYNTHETIC_EVENTS(Sample.EVENTS),
  /** Folders of recordings of event cameras, which are cut into windows. */
  RECORDINGS(Sample.EVENTS),
  DVS_GESTURE(Sample.EVENTS),
  CIFAR10_DVS(Sample.EVENTS),
  N_MNIST(Sample.EVENTS),
  N_CALTECH101(Sample.EVENTS);

  /** What one sample is. */
  public enum Sample {
    IMAGE,
    EVENTS
  }

  private final Sample sample;

  DatasetKind(Sample sample) {
    this.sample = sample;
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

  public Sample sample() {
    return sample;
  }

  /** Whether it is computed, so that nobody has to name a place for it. */
  public boolean needsNoData() {
    return this == SYNTHETIC || this == SYNTHETIC_EVENTS;
  }

  /** The name in configurations and manifests. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
