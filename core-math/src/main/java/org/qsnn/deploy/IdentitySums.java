package org.qsnn.deploy;

/** What the source hands on at the same place. */
record IdentitySums(int source, int timesteps, int size, int channels) implements RowSums {
  @Override
  public int images() {
    return timesteps;
  }

  @Override
  public void compute(int y, Arena arena, int[] sums) {
    int to = 0;
    for (int t = 0; t < timesteps; t++) {
      SpikeImage image = arena.output(source, t);
      for (int x = 0; x < size; x++) {
        for (int c = 0; c < channels; c++) {
          sums[to++] = image.count(c, y, x);
        }
      }
    }
  }
}
