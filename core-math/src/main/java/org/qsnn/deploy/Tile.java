package org.qsnn.deploy;

/**
 * Rows of a layer's neurons that are computed together, with all timesteps: one after the other in
 * the order {@code [timesteps, rows, size]}, so that loops over them are long.
 *
 * @param first row
 * @param size height and width of the layer
 */
record Tile(int first, int rows, int size, int timesteps) {
  /** So many neurons of a channel that what they read is still in the second-level cache. */
  private static final int NEURONS = 512;

  /** How many rows a tile has, at most. */
  static int rows(int size, int timesteps) {
    return Math.min(size, Math.max(1, NEURONS / (size * timesteps)));
  }

  /** Neurons of a channel. */
  int area() {
    return rows * size;
  }

  /** Neurons of a channel, at all timesteps. */
  int length() {
    return timesteps * area();
  }
}
