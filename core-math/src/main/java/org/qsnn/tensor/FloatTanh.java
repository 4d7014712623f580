package org.qsnn.tensor;

/**
 * The hyperbolic tangent of every float kernel: an odd polynomial over an even one,
 *
 * <pre>
 *   c = min(max(x, −BOUND), BOUND),   s = c·c
 *   p = c·(ALPHA_1 + s·(ALPHA_3 + … + s·ALPHA_13))
 *   q = BETA_0 + s·(BETA_2 + s·(BETA_4 + s·BETA_6))
 *   tanh(x) ≈ p / q
 * </pre>
 *
 * <p>Both polynomials are evaluated by Horner's rule from the highest coefficient down, one fused
 * multiply-add a coefficient ({@code fma(accumulator, s, coefficient)}), then {@code p} is
 * multiplied by {@code c}. Every operation is exactly rounded, so vector code that follows the same
 * order gets the same bits, and {@code Math.tanh}, which may differ between Java versions, is not
 * needed.
 *
 * <p>Odd, never beyond ±1, NaN for NaN. The coefficients are those of Eigen's {@code
 * generic_fast_tanh_float}.
 */
public final class FloatTanh {
  /** Beyond ±BOUND the result is that at ±BOUND. */
  public static final float BOUND = 7.90531110763549805f;

  public static final float ALPHA_1 = 4.89352455891786e-03f;
  public static final float ALPHA_3 = 6.37261928875436e-04f;
  public static final float ALPHA_5 = 1.48572235717979e-05f;
  public static final float ALPHA_7 = 5.12229709037114e-08f;
  public static final float ALPHA_9 = -8.60467152213735e-11f;
  public static final float ALPHA_11 = 2.00018790482477e-13f;
  public static final float ALPHA_13 = -2.76076847742355e-16f;
  public static final float BETA_0 = 4.89352518554385e-03f;
  public static final float BETA_2 = 2.26843463243900e-03f;
  public static final float BETA_4 = 1.18534705686654e-04f;
  public static final float BETA_6 = 1.19825839466702e-06f;

  private FloatTanh() {}

  public static float tanh(float x) {
    float c = Math.min(Math.max(x, -BOUND), BOUND);
    float s = c * c;
    float p = Math.fma(ALPHA_13, s, ALPHA_11);
    p = Math.fma(p, s, ALPHA_9);
    p = Math.fma(p, s, ALPHA_7);
    p = Math.fma(p, s, ALPHA_5);
    p = Math.fma(p, s, ALPHA_3);
    p = Math.fma(p, s, ALPHA_1);
    float q = Math.fma(BETA_6, s, BETA_4);
    q = Math.fma(q, s, BETA_2);
    q = Math.fma(q, s, BETA_0);
    return c * p / q;
  }
}
