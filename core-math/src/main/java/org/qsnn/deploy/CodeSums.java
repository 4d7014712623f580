package org.qsnn.deploy;

import java.util.Arrays;

/** Sums of the input's numbers with int8 codes. */
final class CodeSums implements RowSums {
  private final IntegerBranch branch;
  private final int images;
  private final int size;
  private final int inSize;
  private final int channels;
  private final int[] weights;

  CodeSums(IntegerBranch branch, IntegerLayer layer, IntegerInput input, int timesteps) {
    this.branch = branch;
    this.images = input.isSteady() ? 1 : timesteps;
    this.size = layer.size();
    this.inSize = input.size();
    this.channels = layer.channels();
    this.weights = new int[branch.weights().length];
    int fanIn = branch.fanIn();
    for (int i = 0; i < weights.length; i++) {
      weights[i % fanIn * channels + i / fanIn] = branch.weights()[i];
    }
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public void compute(int y, Arena arena, int[] sums) {
    Arrays.fill(sums, 0, images * size * channels, 0);
    for (int i = 0; i < images * size; i++) {
      add(arena.input(), i / size * branch.inChannels() * inSize, y, i % size, sums, i * channels);
    }
  }

  /**
   * @param row first row of the frame in the input
   */
  private void add(short[] input, int row, int y, int x, int[] sums, int to) {
    int tap = 0;
    for (int c = 0; c < branch.inChannels(); c++) {
      for (int i = 0; i < branch.kernel(); i++) {
        int inY = y * branch.stride() - branch.padding() + i;
        for (int j = 0; j < branch.kernel(); j++, tap++) {
          int inX = x * branch.stride() - branch.padding() + j;
          if (inY >= 0 && inY < inSize && inX >= 0 && inX < inSize) {
            int value = input[(row + c * inSize + inY) * inSize + inX];
            for (int k = 0; k < channels; k++) {
              sums[to + k] += value * weights[tap * channels + k];
            }
          }
        }
      }
    }
  }
}
