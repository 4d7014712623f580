package org.qsnn.model;

/**
 * What stands between the neurons of a layer and its readers: square windows that do not overlap.
 * Reads spikes; what it hands on are multiples of {@code 1 / countsPerUnit} from 0 to 1.
 */
public sealed interface Pool {
  /** Readers see the spikes themselves. */
  Pool NONE = new None();

  /** Height and width of what readers see, of neurons of height and width {@code size}. */
  int outputSize(int size);

  /** Into how many steps a value from 0 to 1 is divided: 1 where readers see single spikes. */
  int countsPerUnit(int size);

  record None() implements Pool {
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
    public int outputSize(int size) {
      return size / extent;
    }

    @Override
    public int countsPerUnit(int size) {
      return extent * extent;
    }
  }

  /**
   * A spike where a window has one.
   *
   * @param extent height and width of a window
   */
  record Max(int extent) implements Pool {
    public Max {
      requireExtent(extent);
    }

    @Override
    public int outputSize(int size) {
      return size / extent;
    }

    @Override
    public int countsPerUnit(int size) {
      return 1;
    }
  }

  /** The mean over height and width. */
  record GlobalAverage() implements Pool {
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
      throw new IllegalArgumentException("extent of a pool: must be at least 2, found " + extent);
    }
  }
}
