package org.qsnn.neuron;

import java.util.Arrays;
import org.qsnn.neuron.Neurons.Steps;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.CacheLine;

/** All timesteps of a layer, a block of neurons after the other. */
final class BlockForward {
  /** From the current of a block's neurons to their spikes. */
  interface Rule {
    /**
     * One timestep.
     *
     * @param memory {@link LifBlocks#memory}
     * @param u where the current is, which is used up
     * @param carried where what is carried on lies
     * @param words of the spikes, overwritten
     * @return whether the membrane potential is finite
     */
    boolean fire(int timestep, float[] memory, int u, int carried, int[] words);
  }

  /** Where u is, in {@link LifBlocks#memory}. */
  private static final int U = CacheLine.START;

  private final LifBlocks layer;
  private final Rule rule;
  private final int[] words = new int[BlockGrid.lanes()];
  private final float[] largest;

  BlockForward(LifBlocks layer, Rule rule) {
    this.layer = layer;
    this.rule = rule;
    this.largest = new float[layer.timesteps()];
  }

  /** Largest magnitudes are 0, or NaN if a membrane potential is not finite. */
  Steps forward(float[] scales) {
    int most = layer.grid().samples();
    for (int first = 0; first < layer.batch(); first += most) {
      int samples = Math.min(most, layer.batch() - first);
      for (LifBlocks.Branch branch : layer.branches()) {
        branch.current().begin(first, samples);
      }
      for (int block = 0; block < layer.grid().blocks(samples); block++) {
        for (int t = 0; t < layer.timesteps(); t++) {
          compute(t, first, samples, block);
        }
      }
    }
    return new Steps(largest, scales, spikes());
  }

  private void compute(int timestep, int first, int samples, int block) {
    for (LifBlocks.Branch branch : layer.branches()) {
      branch.current().prepare(timestep, block);
    }
    BitTensor spikes = layer.spikes();
    float[] memory = layer.memory();
    int n = BlockGrid.neurons();
    int channels = layer.channels();
    int plane = (timestep * layer.batch() + first) * channels;
    for (int c = 0; c < channels; c++) {
      Arrays.fill(memory, U, U + n, layer.offset(c));
      for (LifBlocks.Branch branch : layer.branches()) {
        branch.current().addTo(memory, U, c, branch.scale()[c]);
      }
      if (!rule.fire(timestep, memory, U, U + (1 + c) * n, words)) {
        largest[timestep] = Float.NaN;
      }
      layer.grid().write(words, block, spikes, plane + c, channels, samples);
    }
  }

  private long[] spikes() {
    long[] spikes = new long[layer.timesteps()];
    int planes = layer.batch() * layer.channels();
    for (int t = 0; t < spikes.length; t++) {
      spikes[t] = layer.spikes().count(t * planes, planes);
    }
    return spikes;
  }
}
