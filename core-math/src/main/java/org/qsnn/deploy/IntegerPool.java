package org.qsnn.deploy;

import org.qsnn.model.Pool;

/**
 * What stands between the neurons of a layer and its readers: square windows, which may overlap and
 * reach beyond the border, where there are no spikes.
 *
 * @param extent height and width of a window; 1 without a pool
 * @param stride from one window to the next
 * @param padding by which the first window begins before the first row and column
 * @param isMax whether a window hands on whether it has a spike; else their number
 */
public record IntegerPool(int extent, int stride, int padding, boolean isMax) {
  /** Readers see the spikes themselves. */
  public static final IntegerPool NONE = separate(1, false);

  /** Of windows side by side. */
  static IntegerPool separate(int extent, boolean isMax) {
    return new IntegerPool(extent, extent, 0, isMax);
  }

  /**
   * @param size height and width of the neurons
   */
  static IntegerPool of(Pool pool, int size) {
    if (pool instanceof Pool.Max max) {
      return new IntegerPool(max.extent(), max.stride(), max.padding(), true);
    }
    if (pool instanceof Pool.Average average) {
      return separate(average.extent(), false);
    }
    return pool instanceof Pool.GlobalAverage ? separate(size, false) : NONE;
  }

  public boolean isNone() {
    return extent == 1;
  }

  /** Whether each neuron is in one window, or left over behind the last. */
  public boolean isSeparate() {
    return stride == extent && padding == 0;
  }

  /** Height and width of what readers see. */
  public int outputSize(int size) {
    return Math.floorDiv(size + 2 * padding - extent, stride) + 1;
  }

  /** Rows and columns that a window has; those behind them are left over. */
  public int used(int size) {
    return Math.min(size, (outputSize(size) - 1) * stride + extent - padding);
  }

  /** Readers see counts from 0 to this. */
  public int counts() {
    return isMax ? 1 : extent * extent;
  }
}
