package org.qsnn.model;

import java.util.List;
import java.util.Locale;

/**
 * Images of red, green and blue, each pixel 0 … 255 normalized: {@code (value / 255 − mean) / std}
 * of its channel.
 *
 * @param mean of each channel, of values 0 … 1
 * @param std standard deviation of each channel, positive
 */
public record ImageInput(List<Double> mean, List<Double> std) implements ModelInput {
  private static final int CHANNELS = 3;

  public ImageInput {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    requireThree("mean", mean);
    requireThree("std", std);
    for (double deviation : std) {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException(
            "normalization std: expected positive numbers, found " + deviation);
      }
    }
  }

  private static void requireThree(String name, List<Double> values) {
    boolean areFinite = true;
    for (double value : values) {
      areFinite &= Double.isFinite(value);
    }
    if (values.size() != CHANNELS || !areFinite) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "normalization %s: expected %d numbers, found %s",
              name,
              CHANNELS,
              values));
    }
  }

  /** What a pixel value 0 … 255 of a channel 0 … 2 becomes. */
  public float apply(int channel, int value) {
    return (float) ((value / 255.0 - mean.get(channel)) / std.get(channel));
  }
}
