package org.qsnn.prepared;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qsnn.model.ImageInput;

/**
 * Mean and standard deviation of each channel of a set's training images, of values 0 … 1, rounded
 * to four decimals.
 *
 * @param mean empty if samples are events
 * @param std empty if samples are events; at least that of one step of a byte
 */
public record PixelStatistics(List<Double> mean, List<Double> std) {
  private static final int DECIMALS = 4;

  public PixelStatistics {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  static PixelStatistics none() {
    return new PixelStatistics(List.of(), List.of());
  }

  /** What makes these images have mean 0 and deviation 1; empty if samples are events. */
  public Optional<ImageInput> normalization() {
    return mean.isEmpty() ? Optional.empty() : Optional.of(new ImageInput(mean, std));
  }

  /** Sums over bytes: exact, so that they do not depend on an order. */
  static final class Sums {
    private static final int CHANNELS = 3;

    private final long[] values = new long[CHANNELS];
    private final long[] squares = new long[CHANNELS];
    private long pixels;

    /**
     * @param planes red, green and blue
     */
    void add(byte[] planes) {
      int plane = planes.length / CHANNELS;
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int i = channel * plane; i < (channel + 1) * plane; i++) {
          int value = planes[i] & 0xFF;
          values[channel] += value;
          squares[channel] += value * value;
        }
      }
      pixels += plane;
    }

    PixelStatistics statistics() {
      long count = Math.max(pixels, 1);
      List<Double> mean = new ArrayList<>();
      List<Double> std = new ArrayList<>();
      for (int channel = 0; channel < CHANNELS; channel++) {
        double average = (double) values[channel] / count;
        BigDecimal variance =
            BigDecimal.valueOf(squares[channel])
                .divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
                .subtract(BigDecimal.valueOf(average).pow(2));
        double deviation = Math.sqrt(Math.max(variance.doubleValue(), 1));
        mean.add(rounded(average / 255));
        std.add(rounded(deviation / 255));
      }
      return new PixelStatistics(mean, std);
    }

    private static double rounded(double value) {
      return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
    }
  }
}
