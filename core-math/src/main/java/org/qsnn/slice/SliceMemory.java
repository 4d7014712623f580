package org.qsnn.slice;

import java.util.Arrays;
import org.qsnn.slice.SliceSums.Numbers;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.CacheLine;

/**
 * One array for the slices of a block: one of zeros, those of the taps, and scratch for their sums.
 */
final class SliceMemory {
  private static final SliceSums SUMS = SliceSums.best();
  private static final int LANES = BlockGrid.lanes();

  /** Digits of the largest sum, and some that the last addition leaves. */
  private static final int MOST_DIGITS = 16;

  /** The place of zeros. */
  static final int SILENT = CacheLine.START;

  private final int[] slices;
  private final int sums;
  private final int bytes;
  private final int all;
  private final int fewer;
  private final int scratch;
  private final int mostCarries;
  private final int[] carries;

  /**
   * @param slices of {@link #length}
   * @param count slices of taps
   */
  SliceMemory(int[] slices, int count) {
    this.slices = slices;
    this.sums = place(count);
    this.bytes = sums + MOST_DIGITS * LANES;
    this.all = bytes + SliceSums.BYTE * LANES;
    this.fewer = all + BlockGrid.neurons();
    this.scratch = fewer + BlockGrid.neurons();
    this.mostCarries = carries(count);
    this.carries = new int[mostCarries];
    Arrays.fill(slices, SILENT, SILENT + LANES, 0);
  }

  static int length(int count) {
    int numbers = 2 * BlockGrid.neurons();
    return CacheLine.arrayLength(
        place(count) + (MOST_DIGITS + SliceSums.BYTE + 2 * carries(count)) * LANES + numbers);
  }

  /** Slices that the addition of so many carries, up to a multiple of what is added at once. */
  private static int carries(int count) {
    int terms = SliceSums.TERMS;
    return (count / terms / terms + 2) * terms;
  }

  /** Where a slice of the taps starts. */
  static int place(int slice) {
    return SILENT + (1 + slice) * LANES;
  }

  int[] slices() {
    return slices;
  }

  /** For each neuron, how many of all slices have a bit. */
  void countAll(int[] places) {
    int digits = add(places, 0, places.length);
    Arrays.fill(slices, all, all + BlockGrid.neurons(), 0);
    for (int digit = 0; digit < digits; digit += SliceSums.BYTE) {
      int some = Math.min(SliceSums.BYTE, digits - digit);
      SUMS.spread(slices, sums + digit * LANES, some, bytes);
      SUMS.addNumbers(slices, bytes, all, all, 1 << digit);
    }
  }

  /** For each neuron, how many of the slices at these places have a bit, beside all that have. */
  Numbers count(int[] places, int from, int to, float factor) {
    int digits = add(places, from, to);
    int others = all;
    if (digits > SliceSums.BYTE) {
      int high = digits - SliceSums.BYTE;
      SUMS.spread(slices, sums + SliceSums.BYTE * LANES, high, bytes);
      SUMS.addNumbers(slices, bytes, all, fewer, -2 << SliceSums.BYTE);
      others = fewer;
    }
    SUMS.spread(slices, sums, Math.min(SliceSums.BYTE, digits), bytes);
    return new Numbers(bytes, others, factor);
  }

  /**
   * Adds slices, and the carries of each eight of them, and so on.
   *
   * @return digits of the largest possible sum
   */
  private int add(int[] places, int from, int to) {
    SUMS.add(slices, places, from, to, sums, carry(0, 0));
    int written = SliceSums.DIGITS;
    int digits = Integer.SIZE - Integer.numberOfLeadingZeros(to - from);
    int count = (to - from) / SliceSums.TERMS;
    for (int turn = 0; written < digits; turn++) {
      int half = turn % 2;
      int end = 0;
      while (end < count || end % SliceSums.TERMS != 0) {
        carries[end] = end < count ? carry(half, end) : SILENT;
        end++;
      }
      SUMS.add(slices, carries, 0, end, sums + written * LANES, carry(1 - half, 0));
      written += SliceSums.DIGITS;
      count = end / SliceSums.TERMS;
    }
    return digits;
  }

  /** Where a carry lies, in the half that is read or in that which is written. */
  private int carry(int half, int number) {
    return scratch + (half * mostCarries + number) * LANES;
  }
}
