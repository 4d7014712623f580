package org.qsnn.dataset;

import java.util.Optional;
import org.qsnn.event.RecordingOptions;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.WindowCut;

/**
 * A data set that a configuration may name: all that is particular about it. A new one is a class
 * that implements this and a line in {@link Datasets}.
 */
public interface Dataset {
  /** The name in configurations, manifests and models. */
  String key();

  /** What its images are; empty if samples are events. */
  default Optional<Images> images() {
    return Optional.empty();
  }

  /**
   * Square images of red, green and blue.
   *
   * @param size height and width in pixels
   * @param input how they are shown to a network
   */
  record Images(int size, ImageInput input) {
    /** How the bytes of a sample are to be read. */
    public PayloadFormat payload() {
      return PayloadFormat.ofImages(size);
    }
  }

  /** Whether its images are of any size, and are resized to the one that a user names. */
  default boolean isResized() {
    return false;
  }

  /** The same with images of so many pixels in height and width, if they are resized. */
  default Dataset sized(int pixels) {
    return this;
  }

  /** Whether it is computed, so that nobody has to name a place for it. */
  default boolean isComputed() {
    return false;
  }

  /** Where it can be downloaded; empty if the user has to provide it. */
  default Optional<OfficialArchive> archive() {
    return Optional.empty();
  }

  /** Whether samples are windows of recordings, so that neighbors may share events. */
  default boolean hasWindows() {
    return false;
  }

  /**
   * Of samples that are windows, what a source's are validated with: a share of each group, but
   * never all of one. Empty if all sources are one group.
   */
  default String group(SourceFile source) {
    return "";
  }

  /** What it is made from, as a user chooses. */
  DatasetSource source(Choices choices);

  /**
   * What a configuration says about a data set.
   *
   * @param path where it lies; empty for one that is computed
   * @param trainSamples of one that is computed
   * @param testSamples of one that is computed
   * @param cut how recordings become samples
   * @param options what recordings do not say themselves
   * @param badEventsInAll that are tolerated in all recordings
   * @param split of pictures that lie in one folder
   * @param badFiles files that are left out if they are damaged; one more is a failure
   */
  record Choices(
      Optional<String> path,
      int trainSamples,
      int testSamples,
      WindowCut cut,
      RecordingOptions options,
      long badEventsInAll,
      ImageSplit split,
      int badFiles) {}
}
