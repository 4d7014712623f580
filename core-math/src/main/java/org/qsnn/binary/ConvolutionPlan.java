package org.qsnn.binary;

import java.util.Locale;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.slice.SliceTaps;

/**
 * What the shape of a binary convolution decides: how images lie in strips, how long tables are and
 * where their entries start. No weight changes it, so a network makes it once, and any number of
 * tasks may use it at the same time.
 */
public final class ConvolutionPlan {
  private final Convolution spec;
  private final int countsPerUnit;
  private final StripGrid forwardGrid;
  private final SpikeSums spikeSums;
  private final SliceTaps taps;
  private final ConvolutionGradients gradients;

  /**
   * @param countsPerUnit inputs are multiples of 1/countsPerUnit from 0 to 1: 1 for spikes, 4 after
   *     a 2×2 average pool
   * @param size height and width of the input
   * @param gradientBits of the sums of gradients: see {@link BackwardPass}
   * @throws IllegalArgumentException if sums could overflow, or the output does not have the
   *     input's size over the stride
   */
  public ConvolutionPlan(Convolution spec, int countsPerUnit, int size, int gradientBits) {
    requireSumsFit(spec, countsPerUnit);
    this.spec = spec;
    this.countsPerUnit = countsPerUnit;
    this.forwardGrid = StripGrid.forward(spec, size);
    this.spikeSums = SpikeSums.of(forwardGrid, spec, countsPerUnit);
    this.taps = new SliceTaps(spec, size);
    StripGrid backwardGrid = StripGrid.backward(spec, size);
    this.gradients =
        gradientBits == BackwardPass.INTEGERS && GradientRounding.pays(spec)
            ? new PackedGradients(backwardGrid, spec, countsPerUnit)
            : new FloatGradients(backwardGrid, spec, countsPerUnit);
  }

  /** Whether there is a plan for a convolution: sums fit, and padding keeps the input's size. */
  public static boolean canSum(Convolution spec, int countsPerUnit) {
    return countsPerUnit <= TableSums.LARGEST_COUNT / TableSums.GROUP
        && largestSum(spec, countsPerUnit) <= Short.MAX_VALUE
        && spec.kernel() % 2 == 1
        && spec.padding() == spec.kernel() / 2;
  }

  private static long largestSum(Convolution spec, int countsPerUnit) {
    return (long) countsPerUnit * spec.inChannels() * spec.kernel() * spec.kernel();
  }

  private static void requireSumsFit(Convolution spec, int countsPerUnit) {
    int most = TableSums.LARGEST_COUNT / TableSums.GROUP;
    if (countsPerUnit > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected inputs of at most %d spikes, found %d",
              spec.name(),
              most,
              countsPerUnit));
    }
    long largest = largestSum(spec, countsPerUnit);
    if (largest > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          spec.name() + ": sums of up to " + largest + " spikes do not fit 16 bits");
    }
  }

  Convolution spec() {
    return spec;
  }

  int countsPerUnit() {
    return countsPerUnit;
  }

  StripGrid forwardGrid() {
    return forwardGrid;
  }

  SpikeSums spikeSums() {
    return spikeSums;
  }

  SliceTaps taps() {
    return taps;
  }

  ConvolutionGradients gradients() {
    return gradients;
  }
}
