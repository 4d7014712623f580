package org.qsnn.deploy;

/** The neurons of a {@link Tile} while they are computed, a channel at a time. */
final class NeuronState {
  private final float[] potentials;
  private final long[] carried;
  private final int[] words;

  /**
   * @param length largest number of neurons of a tile
   */
  NeuronState(int length) {
    this.potentials = new float[length];
    this.carried = new long[length];
    this.words = new int[length];
  }

  /** Currents of all timesteps. */
  float[] potentials() {
    return potentials;
  }

  /** What the timestep before adds to a current. */
  long[] carried() {
    return carried;
  }

  /** Spikes of 32 channels, a bit a channel. */
  int[] words() {
    return words;
  }
}
