package org.qsnn.deploy;

import java.util.List;

/** The memory of one caller of an {@link IntegerRunner}: for one thread at a time. */
public final class Arena {
  private final SpikeImage[][] spikes;
  private final SpikeImage[][] outputs;
  private final int[][] sums;
  private final long[][] patches;
  private short[] input = {};

  /**
   * @param sums largest number of sums of a row of neurons
   * @param patch largest number of words of a patch
   */
  Arena(IntegerNetwork network, int sums, int patch) {
    List<IntegerLayer> layers = network.layers();
    this.spikes = new SpikeImage[layers.size()][network.timesteps()];
    this.outputs = new SpikeImage[layers.size()][network.timesteps()];
    for (int i = 0; i < layers.size(); i++) {
      IntegerLayer layer = layers.get(i);
      int border = network.padding(i);
      for (int t = 0; t < network.timesteps(); t++) {
        spikes[i][t] = new SpikeImage(layer.channels(), layer.size(), 1, border);
        outputs[i][t] =
            layer.pool().isNone()
                ? spikes[i][t]
                : new SpikeImage(layer.channels(), layer.outputSize(), layer.counts(), border);
      }
    }
    this.sums = new int[2][sums];
    this.patches = new long[4][patch];
  }

  /** What a layer handed on to its readers, as of the last answer. */
  public int count(int layer, int timestep, int channel, int y, int x) {
    return outputs[layer][timestep].count(channel, y, x);
  }

  /** Spikes of a layer at a timestep, as of the last answer. */
  public long spikes(int layer, int timestep) {
    return spikes[layer][timestep].spikes();
  }

  SpikeImage spikesOf(int layer, int timestep) {
    return spikes[layer][timestep];
  }

  /** What the readers of a layer see. */
  SpikeImage output(int layer, int timestep) {
    return outputs[layer][timestep];
  }

  int[] sums(int branch) {
    return sums[branch];
  }

  long[][] patches() {
    return patches;
  }

  short[] input() {
    return input;
  }

  void input(short[] numbers) {
    this.input = numbers;
  }
}
