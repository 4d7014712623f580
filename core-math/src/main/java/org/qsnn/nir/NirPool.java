package org.qsnn.nir;

import org.qsnn.DataException;

/** Sums or means of square windows; those at the border have zeros beyond it. */
final class NirPool implements NirOperator {
  private final int channels;
  private final int size;
  private final int extent;
  private final int stride;
  private final int padding;
  private final float share;

  NirPool(NirNode node, int[] input, boolean isMean) {
    this.channels = input[0];
    this.size = input[1];
    this.extent = square(node, "kernel_size");
    this.stride = square(node, "stride");
    this.padding = square(node, "padding");
    this.share = isMean ? 1f / (extent * extent) : 1;
    if (extent < 1 || stride < 1 || padding < 0 || size + 2 * padding < extent) {
      throw new DataException(
          "NIR: a pool must have windows that fit into what it reads; found "
              + extent
              + " × "
              + extent
              + " in "
              + size
              + " × "
              + size);
    }
  }

  private static int square(NirNode node, String name) {
    int[] sides = node.ints(name);
    if (sides[0] != sides[1]) {
      throw new DataException(
          "NIR: a pool must be square; found " + name + " " + sides[0] + " × " + sides[1]);
    }
    return sides[0];
  }

  private int outSize() {
    return (size + 2 * padding - extent) / stride + 1;
  }

  @Override
  public int[] shape() {
    return new int[] {channels, outSize(), outSize()};
  }

  @Override
  public float[] apply(float[] x) {
    int out = outSize();
    float[] y = new float[x.length / (size * size) * out * out];
    for (int i = 0; i < y.length; i++) {
      int plane = i / (out * out) * size * size;
      y[i] = share * sum(x, plane, i / out % out * stride - padding, i % out * stride - padding);
    }
    return y;
  }

  private float sum(float[] x, int plane, int top, int left) {
    float sum = 0;
    for (int row = Math.max(0, top); row < Math.min(size, top + extent); row++) {
      for (int column = Math.max(0, left); column < Math.min(size, left + extent); column++) {
        sum += x[plane + row * size + column];
      }
    }
    return sum;
  }
}
