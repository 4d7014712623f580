package org.qsnn.deploy;

/** What the source hands on at the same place. */
final class IdentitySums implements BranchSums {
  private final int source;
  private final int timesteps;
  private final int planes;
  private final int words;

  /**
   * @param counts largest count of the source
   */
  IdentitySums(IntegerBranch branch, int timesteps, int counts) {
    this.source = branch.source();
    this.timesteps = timesteps;
    this.planes = SpikeImage.planes(counts);
    this.words = SpikeImage.words(branch.inChannels());
  }

  @Override
  public int images() {
    return timesteps;
  }

  @Override
  public int columns() {
    return planes * words;
  }

  @Override
  public int planes() {
    return planes;
  }

  @Override
  public void gather(Tile tile, Arena arena, Patches patches) {
    for (int t = 0; t < timesteps; t++) {
      SpikeImage image = arena.output(source, t);
      for (int y = 0; y < tile.rows(); y++) {
        int to = t * tile.area() + y * tile.size();
        for (int column = 0; column < columns(); column++) {
          int at = image.at(column / words, column % words, tile.first() + y, 0);
          image.read(at, 1, patches.columns()[column], to, tile.size());
        }
      }
    }
  }

  @Override
  public void compute(int channel, int channels, Patches patches, int count) {
    for (int c = 0; c < channels; c++) {
      compute(channel + c, patches.sums()[c], patches, count);
    }
  }

  private void compute(int channel, int[] sums, Patches patches, int count) {
    for (int plane = 0; plane < planes; plane++) {
      int[] column = patches.columns()[plane * words + (channel >> 5)];
      if (plane == 0) {
        first(sums, column, channel, count);
      } else {
        add(sums, column, channel, plane, count);
      }
    }
  }

  private static void first(int[] sums, int[] column, int channel, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] = column[i] >>> channel & 1;
    }
  }

  private static void add(int[] sums, int[] column, int channel, int plane, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += (column[i] >>> channel & 1) << plane;
    }
  }
}
