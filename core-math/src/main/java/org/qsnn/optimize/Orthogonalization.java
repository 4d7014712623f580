package org.qsnn.optimize;

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
    for (int row = 0; row < m; row++) {
      addRows(gram, row * m, new Factors(tall, row, m), tall, n, m);
    }
    float[] polynomial = new float[m * m];
    for (int i = 0; i < gram.length; i++) {
      polynomial[i] = B / C * gram[i];
    }
    for (int row = 0; row < m; row++) {
      addRows(polynomial, row * m, new Factors(gram, row * m, 1), gram, m, m);
    }
    for (int i = 0; i < gram.length; i++) {
      polynomial[i] *= C;
    }
    for (int row = 0; row < n; row++) {
      for (int i = row * m; i < (row + 1) * m; i++) {
        next[i] = A * tall[i];
      }
      addRows(next, row * m, new Factors(tall, row * m, 1), polynomial, m, m);
    }
    float[] swapped = tall;
    tall = next;
    next = swapped;
  }

  /** Numbers {@code values[first + k · stride]}. */
  private record Factors(float[] values, int first, int stride) {
    float at(int k) {
      return values[first + k * stride];
    }
  }

  /**
   * {@code target[to…] += Σ factors[k] · source[k · length…]}, in the order of k, for k from 0 to
   * count. Four rows at a time, so that the target is loaded and stored less often.
   */
  private static void addRows(
      float[] target, int to, Factors factors, float[] source, int count, int length) {
    int k = 0;
    for (; k + 3 < count; k += 4) {
      float f0 = factors.at(k);
      float f1 = factors.at(k + 1);
      float f2 = factors.at(k + 2);
      float f3 = factors.at(k + 3);
      int row = k * length;
      for (int i = 0; i < length; i++) {
        float sum = Math.fma(f0, source[row + i], target[to + i]);
        sum = Math.fma(f1, source[row + length + i], sum);
        sum = Math.fma(f2, source[row + 2 * length + i], sum);
        target[to + i] = Math.fma(f3, source[row + 3 * length + i], sum);
      }
    }
    for (; k < count; k++) {
      float f = factors.at(k);
      for (int i = 0; i < length; i++) {
        target[to + i] = Math.fma(f, source[k * length + i], target[to + i]);
      }
    }
  }
}
