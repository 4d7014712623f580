package org.qsnn.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.ConfigurationException;
import org.qsnn.config.ImagesSection.Normalization;
import org.qsnn.dataset.Dataset;
import org.qsnn.dataset.Dataset.Images;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.Datasets;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelInput;

/**
 * {@code dataset.*}
 *
 * @param path present unless the kind is synthetic
 * @param limitTrain number of training samples; {@link Integer#MAX_VALUE} for all
 * @param limitTest number of test samples; {@link Integer#MAX_VALUE} for all
 * @param validationFraction above 0, below 1
 * @param badFiles damaged files that are left out before one is a failure
 * @param cacheDir where raw data is kept in prepared form; empty for the usual place beside the run
 */
public record DatasetSection(
    Dataset kind,
    Optional<String> path,
    int limitTrain,
    int limitTest,
    double validationFraction,
    Optional<String> cacheDir,
    int badFiles,
    AugmentSection augment,
    Synthetic synthetic,
    ImagesSection images,
    RecordingsSection recordings,
    FramesSection frames) {

  /** {@code dataset.synthetic.*}: number of rendered images. */
  public record Synthetic(int train, int test) {
    static Synthetic from(Settings settings) {
      return new Synthetic(
          settings.integer("dataset.synthetic.train", 10, 1_000_000),
          settings.integer("dataset.synthetic.test", 10, 1_000_000));
    }
  }

  static DatasetSection from(Settings settings) {
    Dataset kind = Datasets.named(settings.oneOf("dataset.kind", Datasets.keys()));
    Optional<String> path = settings.text("dataset.path");
    if (path.isEmpty() && !kind.isComputed()) {
      throw pathIsMissing(settings, kind);
    }
    ImagesSection images = ImagesSection.from(settings);
    return new DatasetSection(
        kind.sized(images.size()),
        path,
        settings.countOrAll("dataset.limit-train"),
        settings.countOrAll("dataset.limit-test"),
        settings.number(
            "dataset.validation-fraction", "a number above 0 and below 1", x -> x > 0 && x < 1),
        settings.text("dataset.cache-dir"),
        badFiles(settings),
        AugmentSection.from(settings),
        Synthetic.from(settings),
        images,
        RecordingsSection.from(settings),
        FramesSection.from(settings));
  }

  /** What the data set is made from. */
  public DatasetSource source() {
    return kind.source(
        new Dataset.Choices(
            path,
            synthetic.train(),
            synthetic.test(),
            recordings.cut(),
            recordings.options(),
            recordings.badEventsInAll(),
            images.split(),
            badFiles));
  }

  /**
   * How a sample is shown to the network.
   *
   * @param computed the normalization that the images of the prepared set have; empty of events
   */
  public ModelInput input(Optional<ImageInput> computed) {
    return images.normalization() == Normalization.COMPUTED && computed.isPresent()
        ? computed.get()
        : input();
  }

  /** The same as long as nothing is known of the samples. */
  public ModelInput input() {
    return kind.images().<ModelInput>map(Images::input).orElseGet(frames::input);
  }

  /** Height and width in pixels of what the network is shown. */
  public int inputSize() {
    return kind.images().map(Images::size).orElseGet(frames::size);
  }

  private static int badFiles(Settings settings) {
    int limit = settings.integer("dataset.bad-file-limit", 1, 1_000_000);
    boolean isTolerant =
        settings.oneOf("dataset.on-bad-file", List.of("fail", "skip")).equals("skip");
    return isTolerant ? limit : 0;
  }

  private static ConfigurationException pathIsMissing(Settings settings, Dataset kind) {
    String allowed =
        String.format(
            Locale.ROOT,
            "a folder or archive with the data, since dataset.kind is %s (%s)",
            kind.key(),
            settings.place("dataset.kind"));
    return kind.archive().isPresent()
        ? settings.invalid("dataset.path", allowed, "qsnn fetch " + kind.key() + " DIR gets it")
        : settings.invalid("dataset.path", allowed);
  }
}
