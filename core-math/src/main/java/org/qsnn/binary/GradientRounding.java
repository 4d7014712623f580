package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PackedGradient.Strip;
import org.qsnn.binary.StochasticRounding.Planes;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;

/**
 * Makes a strip's gradients of the output integers. What 1 stands for is the smallest power of two
 * with which no sum can leave 16 bits: the sum of the magnitudes under the kernel is below 2¹⁵
 * wherever it stands, and no integer is above {@link StochasticRounding#LARGEST}.
 */
final class GradientRounding {
  private static final StochasticRounding SUMS = StochasticRounding.best();
  private static final int LANES = RowSums.best().lanes();

  /** Less than the sums that are added up in floats may lack. */
  private static final double INEXACT = 0.999;

  /** Exponents whose powers of two, times any scale, are floats. */
  private static final int LIMIT = 100;

  private enum Role {
    OUTPUT_IMAGES,
    SUMS,
    SHIFTED
  }

  /**
   * What a strip's gradients come to, times their scales.
   *
   * @param largest of all
   * @param largestSum at least the largest sum under the kernel
   */
  private record Magnitudes(float largest, float largestSum) {
    boolean areFinite() {
      return Float.isFinite(largest + largestSum);
    }

    /**
     * Of the inverse of what 1 stands for.
     *
     * @param terms of a sum under the kernel, which rounding may make larger by 1 each
     */
    int exponent(int terms) {
      if (!areFinite() || largestSum == 0) {
        return 0;
      }
      double termsFit = (StochasticRounding.LARGEST - 1) / (double) largest;
      double sumsFit = INEXACT * (Short.MAX_VALUE - terms) / largestSum;
      return Math.max(-LIMIT, Math.min(LIMIT, Math.getExponent(Math.min(termsFit, sumsFit))));
    }

    /** So many of the integers fit a sum. */
    int termsOfASum(int exponent) {
      double most =
          areFinite() ? Math.scalb((double) largest, exponent) + 1 : StochasticRounding.LARGEST;
      return (int) (Short.MAX_VALUE / Math.ceil(most));
    }
  }

  private final int strip;
  private final int outputs;
  private final int side;
  private final int reach;
  private final int terms;

  GradientRounding(StripGrid grid, Convolution c) {
    this.strip = grid.images();
    this.outputs = c.outChannels();
    this.side = grid.side();
    this.reach = (c.kernel() / 2 + c.stride() - 1) / c.stride();
    this.terms = terms(c);
  }

  /** Output gradients of which an input's gradient is the sum, each perhaps 1 too large. */
  private static int terms(Convolution c) {
    return c.outChannels() * c.kernel() * c.kernel();
  }

  /** Whether sums leave room for rounding, and most ints hold two channels. */
  static boolean pays(Convolution c) {
    return terms(c) <= Short.MAX_VALUE / 2 && c.outChannels() > PackedGatherSums.COLUMNS;
  }

  /** The most images that are rounded together. */
  int most() {
    return 2 * strip;
  }

  /** Slots that a shard of so many images fills. */
  int slots(int images) {
    int rest = images % most();
    return images / most() * strip + PackedGradient.slots(rest);
  }

  /**
   * Rounds a shard, strip by strip, and adds them.
   *
   * @param images of the shard, from {@code from} on among all
   * @param scales of the output channels' weights
   */
  void readShard(
      FloatSource dy,
      int from,
      int images,
      float[] scales,
      RandomStream random,
      PackedGradient to,
      Workspace workspace) {
    for (int first = 0; first < images; first += most()) {
      int count = Math.min(most(), images - first);
      read(dy, first, count, from + first, scales, random, to, workspace);
    }
  }

  /**
   * Rounds a strip, and adds it.
   *
   * @param dy {@code [images, out, side, side]} of a shard, read once
   * @param count images of dy from {@code first} on, at most {@link #most}
   * @param number of the first among all images
   * @param scales of the output channels' weights
   */
  void read(
      FloatSource dy,
      int first,
      int count,
      int number,
      float[] scales,
      RandomStream random,
      PackedGradient to,
      Workspace workspace) {
    int plane = side * side;
    int size = outputs * plane;
    int slot = to.slots();
    int half = PackedGradient.slots(count);
    float[] images = workspace.floats(Role.OUTPUT_IMAGES, 2 * strip * size);
    dy.read(first * size, images, 0, count * size);
    Arrays.fill(images, count * size, 2 * half * size, 0f);
    Magnitudes most = magnitudes(images, count, scales, workspace);
    int exponent = most.exponent(terms);
    for (int image = 0; image < half; image++) {
      int key = (int) random.nextLong();
      for (int c = 0; c < outputs; c++) {
        int low = image * size + c * plane;
        float factor = Math.scalb(scales[c], exponent);
        int at = to.plane(slot + image, c);
        SUMS.round(images, low, low + half * size, plane, factor, key + c, to.values(), at);
      }
    }
    float unit = most.areFinite() ? Math.scalb(1f, -exponent) : Float.NaN;
    to.add(new Strip(number, count, slot, unit, most.termsOfASum(exponent)));
  }

  private Magnitudes magnitudes(float[] images, int count, float[] scales, Workspace workspace) {
    int border = reach * (side + 1);
    float[] sums = workspace.floats(Role.SUMS, side * side + 2 * border);
    float[] shifted = workspace.floats(Role.SHIFTED, side * side + 2 * border);
    int[] largest = new int[LANES];
    float largestSum = 0;
    Arrays.fill(sums, 0, border, 0f);
    Arrays.fill(sums, border + side * side, 2 * border + side * side, 0f);
    for (int image = 0; image < count; image++) {
      int from = image * outputs * side * side;
      SUMS.magnitudes(
          new Planes(images, from, outputs, side * side, scales), sums, border, largest);
      largestSum = Math.max(largestSum, largestUnderKernel(sums, shifted));
    }
    float largestTerm = Float.intBitsToFloat(Arrays.stream(largest).max().orElseThrow());
    return new Magnitudes(largestTerm, largestSum);
  }

  /**
   * At least the largest sum of all places that the kernel covers at once: rows go on into the next
   * ones, which adds at most what is not there.
   *
   * @param sums of a plane, zeros before and behind it
   */
  private float largestUnderKernel(float[] sums, float[] shifted) {
    int border = reach * (side + 1);
    int length = side * side + 2 * border;
    addShifted(sums, shifted, reach, length - reach);
    float largest = 0;
    for (int i = border; i < length - border; i++) {
      float sum = 0;
      for (int row = -reach; row <= reach; row++) {
        sum += shifted[i + row * side];
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  /** {@code y[i] = Σ x[i + k]}, k up to the kernel's reach on either side. */
  private void addShifted(float[] x, float[] y, int from, int to) {
    Arrays.fill(y, from, to, 0f);
    for (int k = -reach; k <= reach; k++) {
      for (int i = from; i < to; i++) {
        y[i] += x[i + k];
      }
    }
  }
}
