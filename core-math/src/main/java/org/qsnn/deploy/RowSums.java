package org.qsnn.deploy;

/** The sums of one branch for a row of neurons. */
interface RowSums {
  /** Images that the sums are made of: the timesteps, or 1 if all read the same. */
  int images();

  /**
   * @param y row of neurons
   * @param sums overwritten: {@code [images, size, channels]}
   */
  void compute(int y, Arena arena, int[] sums);
}
