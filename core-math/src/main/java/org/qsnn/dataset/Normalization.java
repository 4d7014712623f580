package org.qsnn.dataset;

import java.io.Serializable;
import java.util.Locale;

/**
 * Mean and standard deviation of a data set's red, green and blue, of values 0 … 1: a pixel enters
 * the network as {@code (value / 255 − mean) / std}.
 */
public final class Normalization implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Normalization CIFAR10 =
      new Normalization(new double[] {.4914, .4822, .4465}, new double[] {.2023, .1994, .2010});

  public static final Normalization CIFAR100 =
      new Normalization(new double[] {.5071, .4867, .4408}, new double[] {.2675, .2565, .2761});

  /** Of {@link SyntheticImages}. */
  public static final Normalization SYNTHETIC =
      new Normalization(new double[] {.350, .350, .350}, new double[] {.174, .174, .174});

  private final double[] mean;
  private final double[] std;

  public Normalization(double[] mean, double[] std) {
    requireThree("mean", mean);
    requireThree("std", std);
    for (double deviation : std) {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException(
            "normalization std: expected positive numbers, found " + deviation);
      }
    }
    this.mean = mean.clone();
    this.std = std.clone();
  }

  private static void requireThree(String name, double[] values) {
    if (values.length != RgbImage.CHANNELS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "normalization %s: expected %d numbers, found %d",
              name,
              RgbImage.CHANNELS,
              values.length));
    }
  }

  /** What a pixel value 0 … 255 of a channel 0 … 2 becomes. */
  public float apply(int channel, int value) {
    return (float) ((value / 255.0 - mean[channel]) / std[channel]);
  }
}
