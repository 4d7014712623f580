package org.qsnn.optimize;

/** Without vectors of our own. */
final class PlainMatrixProduct implements MatrixProduct {
  @Override
  public void add(float[] target, Factors factors, float[] source, int length) {
    for (int row = 0; row < factors.rows(); row++) {
      addRow(target, row, factors, source, 0, length, length);
    }
  }

  /**
   * One row's elements from {@code from} to {@code to}. Four rows of the source at a time, so that
   * the target is loaded and stored less often.
   */
  static void addRow(
      float[] target, int row, Factors factors, float[] source, int from, int to, int length) {
    int at = row * length;
    int k = 0;
    for (; k + 3 < factors.count(); k += 4) {
      float f0 = factors.at(row, k);
      float f1 = factors.at(row, k + 1);
      float f2 = factors.at(row, k + 2);
      float f3 = factors.at(row, k + 3);
      int first = k * length;
      for (int i = from; i < to; i++) {
        float sum = Math.fma(f0, source[first + i], target[at + i]);
        sum = Math.fma(f1, source[first + length + i], sum);
        sum = Math.fma(f2, source[first + 2 * length + i], sum);
        target[at + i] = Math.fma(f3, source[first + 3 * length + i], sum);
      }
    }
    for (; k < factors.count(); k++) {
      float f = factors.at(row, k);
      for (int i = from; i < to; i++) {
        target[at + i] = Math.fma(f, source[k * length + i], target[at + i]);
      }
    }
  }
}
