package org.qsnn.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.qsnn.ConfigurationException;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.dataset.SyntheticImages;

/** What a data set is made from, as the user names it. */
public sealed interface DatasetSource {
  /** The name of the kind in configurations. */
  String SYNTHETIC = "synthetic";

  /** The kind's name: cifar10, cifar100 or synthetic. */
  String kind();

  /** The layout of its records. */
  CifarFormat format();

  /** Class names; the index is the label. */
  List<String> classNames();

  /**
   * Official files.
   *
   * @param path a folder with the .bin files, the folder above it, or the official .tar.gz
   */
  record Cifar(CifarFormat format, String path) implements DatasetSource {
    @Override
    public String kind() {
      return name(format);
    }

    @Override
    public List<String> classNames() {
      return format.classNames();
    }
  }

  /** Rendered images; always the same ones, so that runs with different seeds can be compared. */
  record Synthetic(int trainSamples, int testSamples) implements DatasetSource {
    @Override
    public String kind() {
      return SYNTHETIC;
    }

    @Override
    public CifarFormat format() {
      return CifarFormat.CIFAR10;
    }

    @Override
    public List<String> classNames() {
      return SyntheticImages.classNames();
    }
  }

  /**
   * The source that {@code dataset.kind} and {@code dataset.path} name.
   *
   * @throws ConfigurationException if there is no such kind, or the kind needs a path, or has none
   */
  static DatasetSource of(String kind, Optional<String> path, Synthetic synthetic) {
    if (kind.equals(SYNTHETIC)) {
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
    CifarFormat format = format(kind);
    return new Cifar(
        format,
        path.orElseThrow(
            () ->
                new ConfigurationException(
                    "dataset.path: expected the place of the data, as dataset.kind is "
                        + kind
                        + "; found nothing")));
  }

  private static CifarFormat format(String kind) {
    return Arrays.stream(CifarFormat.values())
        .filter(format -> name(format).equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "dataset.kind: expected synthetic, "
                        + Arrays.stream(CifarFormat.values())
                            .map(DatasetSource::name)
                            .collect(Collectors.joining(" or "))
                        + "; found "
                        + kind));
  }

  private static String name(CifarFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
