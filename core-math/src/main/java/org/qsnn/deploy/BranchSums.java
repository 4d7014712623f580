package org.qsnn.deploy;

/** The sums of one branch: first the patches of a tile, then channel by channel. */
interface BranchSums {
  /** Images that the sums are made of: the timesteps, or 1 if all read the same. */
  int images();

  /** Columns of the patches. */
  int columns();

  /** Digits of the counts that are read. */
  int planes();

  /** Fills the columns. */
  void gather(Tile tile, Arena arena, Patches patches);

  /**
   * Overwrites {@link Patches#sums()} with {@code [images, rows, size]} of each channel.
   *
   * @param channel the first
   * @param channels so many, at most {@link Patches#CHANNELS}
   * @param length neurons
   */
  void compute(int channel, int channels, Patches patches, int length);
}
