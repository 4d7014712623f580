package org.qsnn.deploy;

import java.util.List;

/** The memory of one caller of an {@link IntegerRunner}: for one thread at a time. */
public final class Arena {
  private final SpikeImage[][] spikes;
  private final SpikeImage[][] outputs;
  private final Patches[] patches;
  private final NeuronState neurons;
  private short[] input = {};

  /**
   * @param patches of the first and second branch
   * @param area largest number of neurons of a tile's channel
   */
  Arena(IntegerNetwork network, Patches[] patches, int area) {
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
    this.patches = patches;
    this.neurons = new NeuronState(network.timesteps(), area);
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

  Patches patches(int branch) {
    return patches[branch];
  }

  NeuronState neurons() {
    return neurons;
  }

  short[] input() {
    return input;
  }

  void input(short[] numbers) {
    this.input = numbers;
  }
}
