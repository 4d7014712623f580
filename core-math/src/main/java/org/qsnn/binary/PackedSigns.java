package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor;

/**
 * Signs of weights, 1 is +, in the order in which {@link QuantizedTensor} packs them.
 *
 * @param bytes with some behind the last sign
 */
record PackedSigns(byte[] bytes) {
  /**
   * The signs of all weights and, behind them, positive ones.
   *
   * @param count of all signs
   */
  static PackedSigns of(QuantizedTensor weights, int count) {
    byte[] bytes = Arrays.copyOf(weights.codes(), count / Byte.SIZE + Integer.BYTES);
    for (int bit = weights.elements(); bit < count; bit++) {
      bytes[bit / Byte.SIZE] |= (byte) (1 << bit % Byte.SIZE);
    }
    return new PackedSigns(bytes);
  }

  /** Sixteen signs and more from one on, the first in the lowest bit. */
  int from(int sign) {
    int at = sign / Byte.SIZE;
    int three = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
    return three >>> sign % Byte.SIZE;
  }
}
