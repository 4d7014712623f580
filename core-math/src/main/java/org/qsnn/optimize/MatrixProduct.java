package org.qsnn.optimize;

import org.qsnn.tensor.VectorSupport;

/**
 * Adds products of matrices: {@code target[r, i] += Σ factors[r, k] · source[k, i]}, for each
 * element in the order of k with fused multiply-adds, so that vectors and plain loops give the same
 * bits.
 */
interface MatrixProduct {
  /**
   * A matrix in any layout: {@code values[r · rowStride + k · stride]}.
   *
   * @param rows of it and of the target
   * @param count columns of it, rows of the source
   */
  record Factors(float[] values, int rows, int rowStride, int count, int stride) {
    float at(int row, int k) {
      return values[row * rowStride + k * stride];
    }
  }

  /**
   * @param target {@code [factors.rows, length]}
   * @param source {@code [factors.count, length]}
   */
  void add(float[] target, Factors factors, float[] source, int length);

  /** The fastest implementation on this JVM. */
  static MatrixProduct best() {
    return VectorSupport.isUsed() ? new VectorMatrixProduct() : new PlainMatrixProduct();
  }
}
