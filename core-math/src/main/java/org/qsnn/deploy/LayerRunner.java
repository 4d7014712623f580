package org.qsnn.deploy;

import java.util.Arrays;
import java.util.List;

/** Computes a layer, tile by tile: for each channel the sums of its branches, then its neurons. */
final class LayerRunner {
  private final int index;
  private final IntegerLayer layer;
  private final int timesteps;
  private final int rows;
  private final BranchSums[] branches;
  private final boolean[] isSteady;
  private final NeuronRunner neurons;

  LayerRunner(int index, IntegerNetwork network) {
    this.index = index;
    this.layer = network.layers().get(index);
    this.timesteps = network.timesteps();
    this.rows = Tile.rows(layer.size(), timesteps);
    List<IntegerBranch> read = layer.branches();
    this.branches = new BranchSums[read.size()];
    this.isSteady = new boolean[read.size()];
    boolean[] hasSmallSums = new boolean[read.size()];
    for (int i = 0; i < branches.length; i++) {
      branches[i] = sums(read.get(i), network);
      isSteady[i] = branches[i].images() == 1;
      // 24 bits: FloatCurrent refuses more, but of codes.
      hasSmallSums[i] = read.get(i).kind() != IntegerBranch.Kind.CODES;
    }
    this.neurons = new NeuronRunner(layer, hasSmallSums);
  }

  private BranchSums sums(IntegerBranch branch, IntegerNetwork network) {
    return switch (branch.kind()) {
      case CODES -> new CodeSums(branch, network.input(), timesteps);
      case SIGNS -> new SignSums(branch, timesteps, network.counts(branch));
      case IDENTITY -> new IdentitySums(branch, timesteps, network.counts(branch));
    };
  }

  /** Neurons of a tile. */
  int length() {
    return timesteps * rows * layer.size();
  }

  /** Columns of a branch; 0 where there is none. */
  int columns(int branch) {
    return branch < branches.length ? branches[branch].columns() : 0;
  }

  /** Digits of the counts that a branch reads. */
  int planes(int branch) {
    return branch < branches.length ? branches[branch].planes() : 0;
  }

  void compute(Arena arena) {
    for (int y = 0; y < layer.size(); y += rows) {
      compute(new Tile(y, Math.min(rows, layer.size() - y), layer.size(), timesteps), arena);
    }
    if (!layer.pool().isNone()) {
      for (int t = 0; t < timesteps; t++) {
        arena.output(index, t).pool(arena.spikesOf(index, t), layer.pool());
      }
    }
  }

  private void compute(Tile tile, Arena arena) {
    for (int i = 0; i < branches.length; i++) {
      branches[i].gather(tile, arena, arena.patches(i));
    }
    int[][] sums = new int[branches.length][];
    for (int first = 0; first < layer.channels(); first += Integer.SIZE) {
      for (int t = 0; t < timesteps; t++) {
        Arrays.fill(arena.neurons().words(t), 0, tile.area(), 0);
      }
      int end = Math.min(first + Integer.SIZE, layer.channels());
      for (int channel = first; channel < end; channel += Patches.CHANNELS) {
        int channels = Math.min(Patches.CHANNELS, end - channel);
        for (int i = 0; i < branches.length; i++) {
          int length = branches[i].images() * tile.area();
          branches[i].compute(channel, channels, arena.patches(i), length);
        }
        for (int c = 0; c < channels; c++) {
          for (int i = 0; i < branches.length; i++) {
            sums[i] = arena.patches(i).sums()[c];
          }
          neurons.fire(channel + c, tile, sums, isSteady, arena.neurons());
        }
      }
      for (int t = 0; t < timesteps; t++) {
        int[] words = arena.neurons().words(t);
        arena.spikesOf(index, t).write(first / Integer.SIZE, tile, words);
      }
    }
  }
}
