package org.qsnn.deploy;

/** R: what a float operation does to its exact result. */
final class Rounding {
  /** Largest magnitude of a number of units; sums of two stay within a long. */
  static final long LIMIT = 1L << 61;

  private Rounding() {}

  /**
   * R(x): x rounded to 24 significant bits, half to even. The conversion of a long to a float is
   * this by the language's definition, and every result is an integer again.
   */
  static float toFloat(long x) {
    return (float) x;
  }

  /** Whether x is its own rounding. */
  static boolean isFloat(long x) {
    return (long) (float) x == x;
  }

  /** |u| as an integer that grows with it: the bits of the float u · 2^−fraction. */
  static int key(float units, int fraction) {
    int bits = Float.floatToRawIntBits(units) & 0x7fffffff;
    return bits == 0 ? 0 : bits - (fraction << 23);
  }
}
