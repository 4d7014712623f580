package org.qsnn.binary;

/** In plain Java. */
final class PlainSpikeRowSums implements SpikeRowSums {
  @Override
  public void add(int[] table, int start, int[] entries, int from, int count, QuarterSums sums) {
    for (int output = 0; output < sums.outputs(); output++) {
      int at = sums.at() + output * sums.pitch();
      int first = from + output * (count + 1);
      int turn = first + 1 + entries[first];
      for (int i = 0; i < sums.columns(); i++) {
        int bytes = BIASES;
        for (int k = first + 1; k < first + 1 + count; k++) {
          int term = table[start + entries[k] + i];
          bytes += k < turn ? term : -term;
        }
        sums.even()[at + i] += bytes & EVEN_BYTES;
        sums.odd()[at + i] += bytes >>> Byte.SIZE & EVEN_BYTES;
      }
    }
  }

  @Override
  public void unpack(QuarterSums sums, float factor, float[] rows, int at, int pitch) {
    for (int i = 0; i < sums.columns(); i++) {
      int even = sums.even()[sums.at() + i];
      int odd = sums.odd()[sums.at() + i];
      rows[at + i] = PackedSums.low(even) * factor;
      rows[at + pitch + i] = PackedSums.low(odd) * factor;
      rows[at + 2 * pitch + i] = PackedSums.high(even) * factor;
      rows[at + 3 * pitch + i] = PackedSums.high(odd) * factor;
    }
  }
}
