package org.qsnn.model;

/**
 * What stands between the neurons of a layer and its readers: square windows. Reads spikes; what it
 * hands on are multiples of {@code 1 / countsPerUnit} from 0 to 1.
 */
public sealed interface Pool {
  /** Readers see the spikes themselves. */
  Pool NONE = new None();

  /** Height and width of what readers see, of neurons of height and width {@code size}. */
  int outputSize(int size);

  /** By what it divides height and width; 0 if that depends on them. */
  int divisor();

  /** Into how many steps a value from 0 to 1 is divided: 1 where readers see single spikes. */
  int countsPerUnit(int size);

  record None() implements Pool {
    @Override
    public int divisor() {
      return 1;
    }

    @Override
    public int outputSize(int size) {
      return size;
    }

    @Override
    public int countsPerUnit(int size) {
      return 1;
    }
  }

  /**
   * The mean of each window.
   *
   * @param extent height and width of a window
   */
  record Average(int extent) implements Pool {
    public Average {
      requireExtent(extent);
    }

    @Override
    public int divisor() {
      return extent;
    }

    @Override
    public int outputSize(int size) {
      return size / extent;
    }

    @Override
    public int countsPerUnit(int size) {
      return extent * extent;
    }
  }

  /**
   * A spike where a window has one. Windows may overlap, and reach beyond the border, where there
   * are no spikes.
   *
   * @param extent height and width of a window
   * @param stride from one window to the next
   * @param padding by which the first window begins before the first row and column
   */
  record Max(int extent, int stride, int padding) implements Pool {
    public Max {
      requireExtent(extent);
      if (stride < 1 || stride > extent || padding < 0 || padding > extent / 2) {
        throw new IllegalArgumentException(
            "max pool: must have a stride from 1 to its extent and at most half of that as padding,"
                + " found "
                + stride
                + " and "
                + padding);
      }
    }

    /** Of windows that do not overlap. */
    public Max(int extent) {
      this(extent, extent, 0);
    }

    @Override
    public int divisor() {
      boolean leavesNothing = 2 * padding >= extent - stride && 2 * padding < extent;
      return leavesNothing ? stride : 0;
    }

    @Override
    public int outputSize(int size) {
      return Math.floorDiv(size + 2 * padding - extent, stride) + 1;
    }

    @Override
    public int countsPerUnit(int size) {
      return 1;
    }
  }

  /** The mean over height and width. */
  record GlobalAverage() implements Pool {
    @Override
    public int divisor() {
      return 0;
    }

    @Override
    public int outputSize(int size) {
      return 1;
    }

    @Override
    public int countsPerUnit(int size) {
      return size * size;
    }
  }

  private static void requireExtent(int extent) {
    if (extent < 2) {
      throw new IllegalArgumentException("extent of a pool: must be at least 2; found " + extent);
    }
  }
}
