package org.qsnn.slice;

import org.qsnn.tensor.BlockGrid;

/** In plain Java. */
final class PlainSliceSums implements SliceSums {
  private final int lanes = BlockGrid.lanes();

  @Override
  public void shift(int[] words, Shift tap, int channels, int[] masks, int[] slices) {
    for (int c = 0; c < channels; c++) {
      int from = tap.from() + c * tap.pitch();
      int to = tap.to() + c * tap.toPitch();
      for (int i = 0; i < lanes; i++) {
        // In two shifts, for an int cannot be shifted by all of its bits.
        int high = words[from + i + 1] << 1 << (31 - tap.bit());
        slices[to + i] = (words[from + i] >>> tap.bit() | high) & masks[tap.mask() + i];
      }
    }
  }

  @Override
  public void add(int[] slices, int[] places, int from, int to, int sums, int carries) {
    for (int i = 0; i < lanes; i++) {
      int ones = 0;
      int twos = 0;
      int fours = 0;
      int carry = carries + i;
      for (int k = from; k < to; k += TERMS) {
        int eights = 0;
        for (int j = 0; j < TERMS; j++) {
          int slice = slices[places[k + j] + i];
          int two = ones & slice;
          ones ^= slice;
          int four = twos & two;
          twos ^= two;
          eights |= fours & four;
          fours ^= four;
        }
        slices[carry] = eights;
        carry += lanes;
      }
      slices[sums + i] = ones;
      slices[sums + lanes + i] = twos;
      slices[sums + 2 * lanes + i] = fours;
    }
  }

  @Override
  public void spread(int[] slices, int sums, int digits, int bytes) {
    for (int i = 0; i < BYTE * lanes; i++) {
      int spread = 0;
      for (int digit = digits - 1; digit >= 0; digit--) {
        int slice = slices[sums + digit * lanes + i % lanes];
        spread = spread + spread | (slice >>> (i / lanes) & 0x01010101);
      }
      slices[bytes + i] = spread;
    }
  }

  /** Of neuron i. */
  private int number(int[] slices, int bytes, int i) {
    int bit = i / lanes;
    int four = slices[bytes + bit % Byte.SIZE * lanes + i % lanes];
    return four >>> (bit / Byte.SIZE * Byte.SIZE) & 0xff;
  }

  @Override
  public void addNumbers(int[] slices, int bytes, int from, int to, int factor) {
    for (int i = 0; i < Integer.SIZE * lanes; i++) {
      slices[to + i] = slices[from + i] + factor * number(slices, bytes, i);
    }
  }

  @Override
  public void addTo(float[] u, int at, int[] slices, Numbers numbers, float scale) {
    for (int i = 0; i < Integer.SIZE * lanes; i++) {
      int number = number(slices, numbers.bytes(), i);
      float y = (2 * number - slices[numbers.all() + i]) * numbers.factor();
      u[at + i] = Math.fma(scale, y, u[at + i]);
    }
  }

  @Override
  public void addTo(float[] u, int at, int[] slice, float scale) {
    for (int i = 0; i < Integer.SIZE * lanes; i++) {
      float bit = slice[i % lanes] >>> (i / lanes) & 1;
      u[at + i] = Math.fma(scale, bit, u[at + i]);
    }
  }
}
