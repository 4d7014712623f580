package org.qsnn.deploy;

import java.util.Arrays;

/** Sums of the input's numbers with int8 codes. */
final class CodeSums implements BranchSums {
  /** Columns that are added at once. */
  private static final int COLUMNS = 4;

  private final IntegerBranch branch;
  private final int images;
  private final int inSize;
  private final int length;

  CodeSums(IntegerBranch branch, IntegerInput input, int timesteps) {
    this.branch = branch;
    this.images = input.isSteady() ? 1 : timesteps;
    this.inSize = input.size();
    this.length = (branch.fanIn() + COLUMNS - 1) / COLUMNS * COLUMNS;
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public int columns() {
    return length;
  }

  @Override
  public int planes() {
    return 0;
  }

  @Override
  public void gather(Tile tile, Arena arena, Patches patches) {
    int column = 0;
    for (int c = 0; c < branch.inChannels(); c++) {
      for (int i = 0; i < branch.kernel(); i++) {
        for (int j = 0; j < branch.kernel(); j++, column++) {
          gather(tile, arena.input(), c, i, j, patches.columns()[column]);
        }
      }
    }
  }

  /** One tap of all neurons. */
  private void gather(Tile tile, short[] input, int channel, int i, int j, int[] column) {
    int to = 0;
    for (int image = 0; image < images; image++) {
      int plane = (image * branch.inChannels() + channel) * inSize;
      for (int row = 0; row < tile.rows(); row++) {
        int y = (tile.first() + row) * branch.stride() - branch.padding() + i;
        for (int x = j - branch.padding(), k = 0; k < tile.size(); k++, x += branch.stride()) {
          boolean isInside = y >= 0 && y < inSize && x >= 0 && x < inSize;
          column[to++] = isInside ? input[(plane + y) * inSize + x] : 0;
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
    Arrays.fill(sums, 0, count, 0);
    int[][] columns = patches.columns();
    int first = channel * branch.fanIn();
    for (int k = 0; k < length; k += COLUMNS) {
      add(
          sums,
          count,
          columns[k],
          columns[k + 1],
          columns[k + 2],
          columns[k + 3],
          code(first, k),
          code(first, k + 1),
          code(first, k + 2),
          code(first, k + 3));
    }
  }

  private int code(int first, int k) {
    return k < branch.fanIn() ? branch.weights()[first + k] : 0;
  }

  private static void add(
      int[] sums, int n, int[] x0, int[] x1, int[] x2, int[] x3, int w0, int w1, int w2, int w3) {
    for (int i = 0; i < n; i++) {
      sums[i] += w0 * x0[i] + w1 * x1[i] + w2 * x2[i] + w3 * x3[i];
    }
  }
}
