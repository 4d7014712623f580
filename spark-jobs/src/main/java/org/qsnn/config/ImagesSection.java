package org.qsnn.config;

import org.qsnn.dataset.ImageSplit;

/**
 * {@code dataset.images.*}: of pictures in folders.
 *
 * @param size height and width in pixels to which they are resized
 * @param split where there is no test folder
 */
public record ImagesSection(int size, ImageSplit split) {
  static ImagesSection from(Settings settings) {
    return new ImagesSection(
        settings.integer("dataset.images.size", 8, 512),
        new ImageSplit(
            settings.number(
                "dataset.images.test-fraction",
                "a number above 0 and below 1",
                x -> x > 0 && x < 1),
            settings.integer("dataset.images.split-seed", 0L, Long.MAX_VALUE)));
  }
}
