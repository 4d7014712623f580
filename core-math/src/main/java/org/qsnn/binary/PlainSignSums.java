package org.qsnn.binary;

/** Without the Vector API; the compiler may still use vectors. */
final class PlainSignSums implements SignSums {
  @Override
  public void tables(short[] x, int row, int stride, short[] table, int at, int pitch) {
    for (int i = 0; i < pitch; i++) {
      int a = x[row + i];
      int b = x[row + stride + i];
      int c = x[row + 2 * stride + i];
      int d = x[row + 3 * stride + i];
      for (int e = 0; e < ENTRIES; e++) {
        int low = sign(e, 0) * a + sign(e, 1) * b;
        int high = sign(e, 2) * c + sign(e, 3) * d;
        table[at + e * pitch + i] = (short) (low + high);
      }
    }
  }

  private static int sign(int entry, int bit) {
    return (entry >> bit & 1) * 2 - 1;
  }

  @Override
  public void tables(
      float[] x,
      int row,
      int stride,
      float[] factors,
      int factor,
      float[] table,
      int at,
      int pitch) {
    for (int i = 0; i < pitch; i++) {
      float a = x[row + i] * factors[factor];
      float b = x[row + stride + i] * factors[factor + 1];
      float c = x[row + 2 * stride + i] * factors[factor + 2];
      float d = x[row + 3 * stride + i] * factors[factor + 3];
      for (int e = 0; e < ENTRIES; e++) {
        float low = sign(e, 0) * a + sign(e, 1) * b;
        float high = sign(e, 2) * c + sign(e, 3) * d;
        table[at + e * pitch + i] = low + high;
      }
    }
  }

  @Override
  public void add(short[] table, int[] entries, int from, int to, short[] sums, int sum) {
    for (int k = from; k < to; k++) {
      int entry = entries[k];
      for (int i = 0; i < COUNT_TILE; i++) {
        sums[sum + i] += table[entry + i];
      }
    }
  }

  @Override
  public void add(float[] table, int[] entries, int from, int to, float[] sums, int sum) {
    for (int k = from; k < to; k++) {
      int entry = entries[k];
      for (int i = 0; i < FLOAT_TILE; i++) {
        sums[sum + i] += table[entry + i];
      }
    }
  }

  @Override
  public void gather(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum, int width) {
    for (int k = from; k < to; k++) {
      int row = base + rows[k];
      for (int i = 0; i < width; i++) {
        sums[sum + i] += x[row + i];
      }
    }
  }
}
