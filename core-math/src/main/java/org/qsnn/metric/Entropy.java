package org.qsnn.metric;

/** Information that a spike train of a given firing rate can carry. */
public final class Entropy {
  private static final double LN_2 = StrictMath.log(2);

  private Entropy() {}

  /**
   * Entropy in bits of one binary spike: {@code −p·log2(p) − (1−p)·log2(1−p)}; 0 at rates 0 and 1,
   * 1 at rate ½.
   */
  public static double ofRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("firing rate: expected 0…1, found " + rate);
    }
    return rate == 0 || rate == 1 ? 0 : -(term(rate) + term(1 - rate));
  }

  private static double term(double p) {
    return p * StrictMath.log(p) / LN_2;
  }
}
