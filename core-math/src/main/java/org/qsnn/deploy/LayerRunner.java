package org.qsnn.deploy;

import java.util.List;

/** Computes a layer, row by row: the sums of its branches, then all timesteps of each neuron. */
final class LayerRunner {
  private final int index;
  private final IntegerLayer layer;
  private final int timesteps;
  private final List<RowSums> branches;
  private final List<MembraneCodes> codes;
  private final float threshold;

  LayerRunner(int index, IntegerNetwork network) {
    this.index = index;
    this.layer = network.layers().get(index);
    this.timesteps = network.timesteps();
    this.branches = layer.branches().stream().map(branch -> sums(branch, network)).toList();
    this.codes = layer.membranes().stream().map(MembraneCodes::new).toList();
    this.threshold = layer.threshold();
  }

  private RowSums sums(IntegerBranch branch, IntegerNetwork network) {
    return switch (branch.kind()) {
      case CODES -> new CodeSums(branch, layer, network.input(), timesteps);
      case SIGNS -> new SignSums(branch, layer, timesteps, network.counts(branch));
      case IDENTITY -> new IdentitySums(branch.source(), timesteps, layer.size(), layer.channels());
    };
  }

  /** Numbers that a row of neurons needs. */
  int rowSums() {
    return timesteps * layer.size() * layer.channels();
  }

  int patchLength() {
    return branches.stream()
        .mapToInt(branch -> branch instanceof SignSums signs ? signs.patchLength() : 0)
        .max()
        .orElseThrow();
  }

  void compute(Arena arena) {
    for (int t = 0; t < timesteps; t++) {
      arena.spikesOf(index, t).clear();
    }
    for (int y = 0; y < layer.size(); y++) {
      for (int i = 0; i < branches.size(); i++) {
        branches.get(i).compute(y, arena, arena.sums(i));
      }
      fire(y, arena);
    }
    if (!layer.pool().isNone()) {
      for (int t = 0; t < timesteps; t++) {
        arena.output(index, t).pool(arena.spikesOf(index, t), layer.pool());
      }
    }
  }

  private void fire(int y, Arena arena) {
    int row = layer.size() * layer.channels();
    for (int x = 0; x < layer.size(); x++) {
      for (int c = 0; c < layer.channels(); c++) {
        fire(y, x, c, row, arena);
      }
    }
  }

  /** One neuron at all timesteps. */
  private void fire(int y, int x, int channel, int row, Arena arena) {
    int neuron = x * layer.channels() + channel;
    long carried = 0;
    for (int t = 0; t < timesteps; t++) {
      float u = current(t, neuron, channel, row, arena);
      if (carried != 0) {
        u = Rounding.toFloat((long) u + carried);
      }
      boolean fires = u > threshold;
      carried = 0;
      if (fires) {
        SpikeImage spikes = arena.spikesOf(index, t);
        spikes.words()[spikes.word(y, x) + (channel >> 6)] |= 1L << channel;
        u = Rounding.toFloat((long) u - layer.subtracted());
      }
      if (t < timesteps - 1 && !(fires && layer.subtracted() == 0)) {
        int code = codes.get(t).code(Rounding.key(u, layer.fraction()));
        IntegerMembrane membrane = layer.membranes().get(t);
        carried = membrane.carried()[membrane.levels() + (u < 0 ? -code : code)];
      }
    }
  }

  private float current(int t, int neuron, int channel, int row, Arena arena) {
    float x =
        Rounding.toFloat(
            layer.branches().get(0).factors()[channel] * sum(0, t, neuron, row, arena)
                + layer.offsets()[channel]);
    if (branches.size() > 1) {
      long more = layer.branches().get(1).factors()[channel] * sum(1, t, neuron, row, arena);
      x = Rounding.toFloat((long) x + more);
    }
    return x;
  }

  private int sum(int branch, int t, int neuron, int row, Arena arena) {
    int image = branches.get(branch).images() == 1 ? 0 : t;
    return arena.sums(branch)[image * row + neuron];
  }
}
