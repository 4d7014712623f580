package org.qsnn.nir;

import java.util.Arrays;
import org.qsnn.DataException;

/** Sums or means of square windows that do not overlap; a rest that fills none is left out. */
final class NirPool implements NirOperator {
  private final int channels;
  private final int size;
  private final int extent;
  private final float share;

  NirPool(NirNode node, int[] input, boolean isMean) {
    int[] kernel = node.ints("kernel_size");
    if (kernel[0] != kernel[1]
        || !Arrays.equals(kernel, node.ints("stride"))
        || Arrays.stream(node.ints("padding")).anyMatch(p -> p != 0)) {
      throw new DataException(
          "NIR: a pool must have square windows that do not overlap; found "
              + Arrays.toString(kernel));
    }
    this.channels = input[0];
    this.size = input[1];
    this.extent = kernel[0];
    this.share = isMean ? 1f / (extent * extent) : 1;
  }

  @Override
  public int[] shape() {
    return new int[] {channels, size / extent, size / extent};
  }

  @Override
  public float[] apply(float[] x) {
    int out = size / extent;
    float[] y = new float[x.length / (size * size) * out * out];
    for (int i = 0; i < y.length; i++) {
      int row = i / out % out * extent;
      int from = (i / (out * out) * size + row) * size + i % out * extent;
      float sum = 0;
      for (int j = 0; j < extent * extent; j++) {
        sum += x[from + j / extent * size + j % extent];
      }
      y[i] = sum * share;
    }
    return y;
  }
}
