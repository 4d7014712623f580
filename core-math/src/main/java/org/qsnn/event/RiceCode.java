package org.qsnn.event;

/**
 * Numbers of which small ones are the most likely, in as few bits as that allows: the pauses of a
 * sensor are nearly exponentially distributed, for which this comes close to the entropy (R. F.
 * Rice, J. R. Plaunt, IEEE Trans. Commun. 19, 1971). A number {@code n} with parameter {@code k} is
 * {@code n >> k} in ones and a zero, then its k low bits.
 */
final class RiceCode {
  static final int PARAMETER_BITS = 6;

  /** So many ones are not followed by a zero but by the whole number: one outlier costs little. */
  private static final int ESCAPE = 16;

  /** Of a whole number: 8.9 years of µs. */
  static final int WHOLE_BITS = 48;

  private RiceCode() {}

  /**
   * The parameter that makes the first {@code size} numbers smallest, the least of equals.
   *
   * @throws IllegalArgumentException if one is negative or 2⁴⁸ or more
   */
  static int parameter(long[] numbers, int size) {
    long largest = 0;
    for (int i = 0; i < size; i++) {
      largest |= numbers[i];
    }
    if (largest >>> WHOLE_BITS != 0) {
      throw new IllegalArgumentException("events: expected less than 2^48 µs from one to the next");
    }
    int best = 0;
    long fewest = bits(numbers, size, 0);
    for (int parameter = 1; largest >>> parameter != 0; parameter++) {
      long bits = bits(numbers, size, parameter);
      if (bits < fewest) {
        fewest = bits;
        best = parameter;
      }
    }
    return best;
  }

  private static long bits(long[] numbers, int size, int parameter) {
    long bits = 0;
    for (int i = 0; i < size; i++) {
      long quotient = numbers[i] >>> parameter;
      bits += quotient >= ESCAPE ? ESCAPE + WHOLE_BITS : quotient + 1 + parameter;
    }
    return bits;
  }

  static void write(BitWriter writer, long number, int parameter) {
    long quotient = number >>> parameter;
    if (quotient >= ESCAPE) {
      writer.write((1L << ESCAPE) - 1, ESCAPE);
      writer.write(number, WHOLE_BITS);
    } else {
      writer.write((1L << quotient) - 1, (int) quotient + 1);
      writer.write(number & (1L << parameter) - 1, parameter);
    }
  }

  static long read(BitReader reader, int parameter) {
    int quotient = Long.numberOfTrailingZeros(~reader.peek());
    if (quotient >= ESCAPE) {
      reader.skip(ESCAPE);
      return reader.read(WHOLE_BITS);
    }
    reader.skip(quotient + 1);
    return (long) quotient << parameter | reader.read(parameter);
  }
}
