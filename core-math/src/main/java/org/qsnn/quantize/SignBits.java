package org.qsnn.quantize;

/** Packs signs as {@link org.qsnn.model.QuantizedTensor} lays them out: 1 is +, 0 is −. */
final class SignBits {
  private SignBits() {}

  /** Bytes for so many signs. */
  static byte[] allocate(int count) {
    return new byte[(count + 7) / 8];
  }

  /**
   * Sets bits {@code bit …} of {@code bits}, which must be 0, to whether {@code values[i] ≥
   * threshold}, for i from {@code from} to {@code to − 1}.
   */
  static void pack(float[] values, int from, int to, float threshold, byte[] bits, int bit) {
    int i = from;
    for (; i < to && (bit & 7) != 0; i++, bit++) {
      bits[bit >> 3] |= (byte) (isPositive(values[i], threshold) << (bit & 7));
    }
    for (; i + 8 <= to; i += 8, bit += 8) {
      bits[bit >> 3] = packByte(values, i, threshold);
    }
    for (; i < to; i++, bit++) {
      bits[bit >> 3] |= (byte) (isPositive(values[i], threshold) << (bit & 7));
    }
  }

  private static byte packByte(float[] values, int i, float threshold) {
    int low =
        isPositive(values[i], threshold)
            | isPositive(values[i + 1], threshold) << 1
            | isPositive(values[i + 2], threshold) << 2
            | isPositive(values[i + 3], threshold) << 3;
    int high =
        isPositive(values[i + 4], threshold)
            | isPositive(values[i + 5], threshold) << 1
            | isPositive(values[i + 6], threshold) << 2
            | isPositive(values[i + 7], threshold) << 3;
    return (byte) (low | high << 4);
  }

  /**
   * 1 or 0 without a branch, which half of all weights would mispredict; −0 counts as 0. Of NaN
   * either.
   */
  private static int isPositive(float value, float threshold) {
    return Float.floatToRawIntBits(value - threshold + 0f) >>> 31 ^ 1;
  }
}
