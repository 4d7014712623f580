package org.qsnn.deploy;

/** The neurons of a {@link Tile} while they are computed, a channel and timestep at a time. */
final class NeuronState {
  private final int[] potentials;
  private final int[] codes;
  private final int[] keys;
  private final int[] limits;
  private final int[][] words;

  /**
   * @param area largest number of neurons of a channel
   */
  NeuronState(int timesteps, int area) {
    this.potentials = new int[area];
    this.codes = new int[area];
    this.keys = new int[area];
    this.limits = new int[area];
    this.words = new int[timesteps][area];
  }

  /** u in units, a float as its bits: so that comparisons are those of integers. */
  int[] potentials() {
    return potentials;
  }

  /** Signed codes of what a timestep leaves to the next. */
  int[] codes() {
    return codes;
  }

  /** {@link Rounding#key} of what is left. */
  int[] keys() {
    return keys;
  }

  /** What keys are compared with. */
  int[] limits() {
    return limits;
  }

  /** Spikes of 32 channels at a timestep, a bit a channel. */
  int[] words(int timestep) {
    return words[timestep];
  }
}
