package org.qsnn.quantize;

/**
 * The derivative that stands in for that of the sign: {@code 1 − tanh²(x) = 1 / cosh²(x)}, relative
 * accuracy 4e-6 for |x| ≤ 20 and constant (2e-17) beyond.
 *
 * <p>With {@code h = cosh − 1}: a Taylor polynomial gives {@code h(x/16)}, and {@code h(2y) =
 * 2·h(y)·(h(y) + 2)} doubles the argument four times. No subtraction cancels, so the tails keep
 * their relative accuracy; no branch, no table, so loops over it vectorize; every operation is
 * exactly rounded, so all machines agree.
 */
final class AnnealedSign {
  private static final float LARGEST_SQUARE = 400;

  private AnnealedSign() {}

  /** {@code 1 − tanh²(x)}. */
  static float derivative(float x) {
    float q = Math.min(x * x, LARGEST_SQUARE) * (1 / 256f);
    float series = Math.fma(q, 1 / 132f, 1f);
    series = Math.fma(q * (1 / 90f), series, 1f);
    series = Math.fma(q * (1 / 56f), series, 1f);
    series = Math.fma(q * (1 / 30f), series, 1f);
    series = Math.fma(q * (1 / 12f), series, 1f);
    float h = 0.5f * q * series;
    h = 2 * h * (h + 2);
    h = 2 * h * (h + 2);
    h = 2 * h * (h + 2);
    h = 2 * h * (h + 2);
    float cosh = 1 + h;
    return 1 / (cosh * cosh);
  }
}
