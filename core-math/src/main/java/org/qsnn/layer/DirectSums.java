package org.qsnn.layer;

import org.qsnn.tensor.VectorSupport;

/**
 * The loops of {@link DirectConvolution}. Each sum has the same terms in the same order in every
 * implementation: wide vectors, narrow ones and none at all give the same bits.
 */
interface DirectSums {
  /** Rows are multiples of this long; a gradient has so many sums, which are added in the end. */
  int LANES = 16;

  /** Output channels whose sums are computed together. */
  int OUTPUTS = 4;

  /** Taps whose gradients are computed together. */
  int TAPS = 6;

  /**
   * Where the values lie that a row of sums reads.
   *
   * @param from the first for a tap whose shift is 0
   * @param taps shifts of the taps
   */
  record Row(float[] x, int from, int[] taps) {}

  /**
   * {@code sums[at + j · plane + i] = Σ weights[w + j · taps + t] · x[from + taps[t] + i]} for the
   * columns i of a row and {@link #OUTPUTS} outputs j, t ascending, each term by a fused
   * multiply-add to a sum that begins with 0.
   *
   * @param columns a multiple of {@link #LANES}
   */
  void add(Row row, float[] weights, int w, float[] sums, int at, int plane, int columns);

  /**
   * {@code lanes[t · LANES + i % LANES] += g[at + r · columns + i] · x[from + r · pitch + taps[t] +
   * i]} for {@link #TAPS} taps t from {@code tap} on, rows r and columns i, both ascending.
   *
   * @param row the first of all
   * @param columns a multiple of {@link #LANES}
   */
  void addProducts(
      Row row, int pitch, int tap, float[] g, int at, int rows, int columns, float[] lanes);

  /** The fastest implementation on this JVM. */
  static DirectSums best() {
    return VectorSupport.isUsed() ? new VectorDirectSums() : new PlainDirectSums();
  }
}
