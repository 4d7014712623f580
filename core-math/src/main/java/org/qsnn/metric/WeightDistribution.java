package org.qsnn.metric;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How the latent weights of one tensor lie around zero, as the quantizer sees them: standardized
 * within their output channel where weights are regulated (Wei et al. 2024, Eq. 14), else as they
 * are.
 *
 * @param name of the tensor, as in the parameters' layout
 * @param bits of an effective weight: 1, 8 or 32
 * @param negative weights below zero
 * @param positive weights from zero on, as sign(0) = +1
 * @param largest magnitude of all weights, at least the smallest positive float; the histogram
 *     reaches from {@code −largest} to {@code largest}
 * @param histogram weights in each of {@value #BINS} equal bins; one on a border counts in the
 *     upper bin, but for the last
 */
public record WeightDistribution(
    String name, int bits, long negative, long positive, double largest, List<Long> histogram) {
  /** Even, so that zero is a border. */
  public static final int BINS = 40;

  public WeightDistribution {
    if (!(largest > 0 && Double.isFinite(largest))) {
      throw new IllegalArgumentException(
          name + ": largest weight: expected a positive number, found " + largest);
    }
    histogram = List.copyOf(histogram);
  }

  /**
   * @param values infinite ones, of a training that is about to diverge, count at the ends
   */
  public static WeightDistribution of(String name, int bits, float[] values) {
    float largest = Float.MIN_VALUE;
    for (float value : values) {
      largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    long[] histogram = new long[BINS];
    long negative = 0;
    double perUnit = BINS / 2.0 / largest;
    for (float value : values) {
      double bin = Math.floor(value * perUnit) + BINS / 2.0;
      // −largest · perUnit may be a last bit below −BINS / 2.
      histogram[(int) Math.max(0, Math.min(bin, BINS - 1))]++;
      negative += value < 0 ? 1 : 0;
    }
    return new WeightDistribution(
        name,
        bits,
        negative,
        values.length - negative,
        largest,
        LongStream.of(histogram).boxed().toList());
  }
}
