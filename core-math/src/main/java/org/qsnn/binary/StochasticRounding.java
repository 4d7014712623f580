package org.qsnn.binary;

import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of {@link GradientRounding}: how large floats are, and the integers of 16 bits
 * that they become, two in an int as {@link PackedSums} adds them.
 */
interface StochasticRounding {
  /** Integers of a gradient are at most that large, so that some fit a sum. */
  int LARGEST = 1023;

  /** What indices are multiplied by before they are hashed: 2³² over the golden ratio, odd. */
  int WEYL = 0x9e3779b9;

  /** Multipliers between which a hash is shifted (lowbias32 of C. Wellons' hash-prospector). */
  int MIX_FIRST = 0x7feb352d;

  int MIX_SECOND = 0x846ca68b;

  /** The bits of 1, and of a float's fraction. */
  int ONE = 0x3f800000;

  int FRACTION = 0x007fffff;

  /**
   * Planes of one image.
   *
   * @param from where the first starts
   * @param factors one a plane, none negative
   */
  record Planes(float[] x, int from, int count, int length, float[] factors) {}

  /**
   * The magnitudes of planes times their factors: {@code sums[at + i] = Σ |x| · factor} over all
   * planes.
   *
   * @param largest raised to the bits of the largest term of all whose index is the same modulo its
   *     length, {@link RowSums#lanes} or a multiple
   */
  void magnitudes(Planes planes, float[] sums, int at, int[] largest);

  /**
   * Rounds two planes at random, up as often as the fraction says: {@code y = ⌊x · factor + u⌋}, u
   * from 0 to 1 by a hash of key and index.
   *
   * @param low where the plane starts that becomes low integers
   * @param high where the other one starts
   * @param factor so that products are at most {@link #LARGEST}
   */
  void round(float[] x, int low, int high, int length, float factor, int key, int[] y, int to);

  /**
   * What a product becomes: the integer in the low bits of a float, still with {@link
   * PackedSums#ROUND}.
   */
  static int roundedBits(float product, int fraction) {
    float dither = Float.intBitsToFloat(ONE | fraction) - 1.5f;
    return Float.floatToRawIntBits(product + dither + PackedSums.ROUND);
  }

  /** One below and one above, packed. */
  static int rounded(float low, float high, int hash) {
    int a = roundedBits(low, hash & FRACTION);
    int b = roundedBits(high, hash >>> 9);
    return a + (b << Short.SIZE) - PackedSums.ROUND_BITS;
  }

  /** A hash whose every bit depends on all of both. */
  static int hash(int key, int index) {
    int h = key + index * WEYL;
    h = (h ^ h >>> 16) * MIX_FIRST;
    h = (h ^ h >>> 15) * MIX_SECOND;
    return h ^ h >>> 16;
  }

  /** The fastest implementation on this JVM. */
  static StochasticRounding best() {
    return VectorSupport.isUsed() ? new VectorStochasticRounding() : new PlainStochasticRounding();
  }
}
