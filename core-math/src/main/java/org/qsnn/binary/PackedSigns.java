package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor;

/**
 * Signs of weights, 1 is +, in the order in which {@link QuantizedTensor} packs them.
 *
 * @param bytes with some behind the last sign
 */
record PackedSigns(byte[] bytes) {
  /** Of all weights, and so many that are positive behind them. */
  static PackedSigns of(QuantizedTensor weights, int positive) {
    int count = weights.elements();
    byte[] bytes = Arrays.copyOf(weights.codes(), (count + positive) / Byte.SIZE + Integer.BYTES);
    for (int bit = count; bit < count + positive; bit++) {
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
