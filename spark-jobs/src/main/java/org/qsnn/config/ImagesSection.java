package org.qsnn.config;

import org.qsnn.dataset.ImageSplit;

/**
 * {@code dataset.images.*}: of pictures in folders, and of any images.
 *
 * @param size height and width in pixels to which pictures in folders are resized
 * @param split of pictures in folders where there is no test folder
 * @param normalization of any images
 */
public record ImagesSection(int size, ImageSplit split, Normalization normalization) {
  /** Which means and deviations images are normalized with. */
  public enum Normalization {
    /** Those that the field uses for the data set. */
    USUAL,
    /** Those of the training images, which the manifest of the prepared set has. */
    COMPUTED
  }

  static ImagesSection from(Settings settings) {
    return new ImagesSection(
        settings.integer("dataset.images.size", 8, 512),
        new ImageSplit(
            settings.number(
                "dataset.images.test-fraction",
                "a number above 0 and below 1",
                x -> x > 0 && x < 1),
            settings.integer("dataset.images.split-seed", 0L, Long.MAX_VALUE)),
        settings.constant("dataset.images.normalization", Normalization.values()));
  }
}
