package org.qsnn.dataset;

import java.util.List;

/** The data sets by name. */
public final class Datasets {
  public static final Dataset SYNTHETIC = ComputedDataset.SYNTHETIC;
  public static final Dataset CIFAR10 = CifarDataset.CIFAR10;
  public static final Dataset CIFAR100 = CifarDataset.CIFAR100;
  public static final Dataset TINY_IMAGENET = new TinyImageNetDataset();
  public static final Dataset IMAGE_FOLDERS = new ImageFoldersDataset();
  public static final Dataset SYNTHETIC_EVENTS = ComputedDataset.SYNTHETIC_EVENTS;
  public static final Dataset RECORDINGS = new RecordingsDataset();
  public static final Dataset LABELED_RECORDINGS = new LabeledRecordingsDataset();
  public static final Dataset DVS_GESTURE = OfficialEventsDataset.DVS_GESTURE;
  public static final Dataset CIFAR10_DVS = OfficialEventsDataset.CIFAR10_DVS;
  public static final Dataset N_MNIST = OfficialEventsDataset.N_MNIST;
  public static final Dataset N_CALTECH101 = OfficialEventsDataset.N_CALTECH101;
  public static final Dataset N_CARS = OfficialEventsDataset.N_CARS;

  private static final List<Dataset> ALL =
      List.of(
          SYNTHETIC,
          CIFAR10,
          CIFAR100,
          TINY_IMAGENET,
          IMAGE_FOLDERS,
          SYNTHETIC_EVENTS,
          RECORDINGS,
          LABELED_RECORDINGS,
          DVS_GESTURE,
          CIFAR10_DVS,
          N_MNIST,
          N_CALTECH101,
          N_CARS);

  private Datasets() {}

  public static List<Dataset> all() {
    return ALL;
  }

  /** The names of all. */
  public static List<String> keys() {
    return ALL.stream().map(Dataset::key).toList();
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Dataset named(String key) {
    return ALL.stream()
        .filter(dataset -> dataset.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(key + " is none of " + String.join(", ", keys())));
  }
}
