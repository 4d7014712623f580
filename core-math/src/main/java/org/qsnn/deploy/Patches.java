package org.qsnn.deploy;

/**
 * What a branch reads for a {@link Tile}: the inputs of each neuron, laid out as columns. A column
 * holds one word or number of every neuron's patch, so that one weight meets all of a column.
 */
final class Patches {
  /** Channels that are computed together, at most: what one reads another need not. */
  static final int CHANNELS = 4;

  private final int[][] columns;
  private final int[][] spikes;
  private final int[][] counts;
  private final int[][] sums;

  /**
   * @param columns largest number of columns
   * @param planes largest number of digits of a count
   * @param length largest number of neurons of a tile
   */
  Patches(int columns, int planes, int length) {
    this.columns = new int[columns][length];
    this.spikes = new int[planes][length];
    this.counts = new int[CHANNELS][length];
    this.sums = new int[CHANNELS][length];
  }

  int[][] columns() {
    return columns;
  }

  /** Spikes of each patch, a digit of its counts. */
  int[] spikes(int plane) {
    return spikes[plane];
  }

  /** For numbers of each channel that the next digit overwrites. */
  int[][] counts() {
    return counts;
  }

  /** Of each of the channels that were computed last, one a neuron. */
  int[][] sums() {
    return sums;
  }
}
