package org.qsnn.optimize;

import org.qsnn.optimize.MatrixProduct.Factors;

/**
 * The Newton–Schulz iteration of Muon (Jordan et al. 2024): for a matrix {@code G = U·Σ·Vᵀ} about
 * {@code U·Vᵀ}, whose singular values lie between 0.7 and 1.2:
 *
 * <pre>
 *   X = G / (‖G‖ + 1e-7)
 *   five times:  A = X·Xᵀ;  X ← a·X + (b·A + c·A·A)·X
 * </pre>
 *
 * <p>It works on the transposed matrix where that is taller, {@code T [n, m]} with n ≥ m, so that A
 * is the smaller of the two products and all loops run along rows. Each element is a sum in a fixed
 * order of exactly rounded operations: the same bits everywhere.
 */
final class Orthogonalization {
  private static final int ITERATIONS = 5;
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;
  private static final double EPSILON = 1e-7;

  private final MatrixProduct product = MatrixProduct.best();
  private final int n;
  private final int m;

  /** T, and where the next T becomes. */
  private float[] tall;

  private float[] next;

  private Orthogonalization(int n, int m) {
    this.n = n;
    this.m = m;
    this.tall = new float[n * m];
    this.next = new float[n * m];
  }

  /**
   * Orthogonalizes {@code [rows, columns]}, in C order, in place. A matrix of zeros stays so.
   *
   * @param columns matrix.length / rows
   */
  static void inPlace(float[] matrix, int rows, int columns) {
    boolean isTall = rows >= columns;
    Orthogonalization work =
        new Orthogonalization(Math.max(rows, columns), Math.min(rows, columns));
    float scale = (float) (1 / (norm(matrix, 0, matrix.length) + EPSILON));
    work.load(matrix, isTall, scale);
    for (int i = 0; i < ITERATIONS; i++) {
      work.iterate();
    }
    work.store(matrix, isTall);
  }

  /** Euclidean norm of a part of a vector. */
  static double norm(float[] values, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares = Math.fma((double) values[i], values[i], squares);
    }
    return Math.sqrt(squares);
  }

  private void load(float[] matrix, boolean isTall, float scale) {
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < m; column++) {
        tall[row * m + column] = scale * matrix[isTall ? row * m + column : column * n + row];
      }
    }
  }

  private void store(float[] matrix, boolean isTall) {
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < m; column++) {
        matrix[isTall ? row * m + column : column * n + row] = tall[row * m + column];
      }
    }
  }

  /** T ← a·T + T·c·(b/c·A + A·A) with A = Tᵀ·T, which is symmetric. */
  private void iterate() {
    float[] gram = new float[m * m];
    product.add(gram, new Factors(tall, m, 1, n, m), tall, m);
    float[] polynomial = new float[m * m];
    for (int i = 0; i < gram.length; i++) {
      polynomial[i] = B / C * gram[i];
    }
    product.add(polynomial, new Factors(gram, m, m, m, 1), gram, m);
    for (int i = 0; i < gram.length; i++) {
      polynomial[i] *= C;
    }
    for (int i = 0; i < next.length; i++) {
      next[i] = A * tall[i];
    }
    product.add(next, new Factors(tall, n, m, m, 1), polynomial, m);
    float[] swapped = tall;
    tall = next;
    next = swapped;
  }
}
