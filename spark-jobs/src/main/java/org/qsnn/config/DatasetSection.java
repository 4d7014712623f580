package org.qsnn.config;

import java.util.Optional;
import org.qsnn.dataset.DatasetKind;

/**
 * {@code dataset.*}
 *
 * @param path present unless the kind is synthetic
 * @param limitTrain number of training samples; {@link Integer#MAX_VALUE} for all
 * @param limitTest number of test samples; {@link Integer#MAX_VALUE} for all
 * @param validationFraction above 0, below 1
 * @param cacheDir where raw data is kept in prepared form; empty for the usual place beside the run
 */
public record DatasetSection(
    DatasetKind kind,
    Optional<String> path,
    int limitTrain,
    int limitTest,
    double validationFraction,
    Optional<String> cacheDir,
    Augment augment,
    Synthetic synthetic) {

  /** {@code dataset.augment.*}: what happens to training samples. */
  public record Augment(boolean crop, boolean flip, boolean autoAugment, boolean cutout) {
    static Augment from(Settings settings) {
      return new Augment(
          settings.flag("dataset.augment.crop"),
          settings.flag("dataset.augment.flip"),
          settings.flag("dataset.augment.auto-augment"),
          settings.flag("dataset.augment.cutout"));
    }
  }

  /** {@code dataset.synthetic.*}: number of rendered images. */
  public record Synthetic(int train, int test) {
    static Synthetic from(Settings settings) {
      return new Synthetic(
          settings.integer("dataset.synthetic.train", 10, 1_000_000),
          settings.integer("dataset.synthetic.test", 10, 1_000_000));
    }
  }

  static DatasetSection from(Settings settings) {
    DatasetKind kind = DatasetKind.named(settings.oneOf("dataset.kind", DatasetKind.keys()));
    Optional<String> path = settings.text("dataset.path");
    if (path.isEmpty() && kind != DatasetKind.SYNTHETIC) {
      throw settings.invalid(
          "dataset.path",
          "a folder with the data, as dataset.kind is "
              + kind.key()
              + " ("
              + settings.place("dataset.kind")
              + "); to get it: qsnn fetch "
              + kind.key()
              + " DIR");
    }
    return new DatasetSection(
        kind,
        path,
        settings.countOrAll("dataset.limit-train"),
        settings.countOrAll("dataset.limit-test"),
        settings.number(
            "dataset.validation-fraction", "a number above 0 and below 1", x -> x > 0 && x < 1),
        settings.text("dataset.cache-dir"),
        Augment.from(settings),
        Synthetic.from(settings));
  }
}
