package org.qsnn.slice;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * With the Vector API, written out because a vector may not leave its method, and a method not have
 * more than about fifty operations on vectors (decision 0014).
 */
final class VectorSliceSums implements SliceSums {
  /** No bit of an index is lost, but the compiler learns that a few more do not overflow. */
  private static final int INDEX = (1 << 30) - 1;

  /** The lowest bit of each byte. */
  private static final int BYTES = 0x01010101;

  private static final int LOW_BYTE = 0xff;

  /** Added to an integer of either sign in a float, it leaves that integer in the low bits. */
  private static final float ROUND = 0x1.8p23f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** 1f. */
  private static final int ONE = Float.floatToRawIntBits(1f);

  /** By vectors: Java 17 compiles shifts by a number that changes to wrong code in some loops. */
  @Override
  public void shift(int[] words, Shift tap, int channels, int[] masks, int[] slices) {
    IntVector bit = IntVector.broadcast(INTS, tap.bit());
    IntVector rest = IntVector.broadcast(INTS, 31 - tap.bit());
    int from = tap.from();
    int to = tap.to();
    IntVector mask = IntVector.fromArray(INTS, masks, tap.mask());
    for (int c = 0; c < channels; c++) {
      IntVector low = IntVector.fromArray(INTS, words, from).lanewise(LSHR, bit);
      // In two shifts, for an int cannot be shifted by all of its bits.
      IntVector high = IntVector.fromArray(INTS, words, from + 1).lanewise(LSHL, 1);
      low.or(high.lanewise(LSHL, rest)).and(mask).intoArray(slices, to);
      from += tap.pitch();
      to += tap.toPitch();
    }
  }

  /**
   * Seven full adders take ten bits of eight weights to four (Harley and Seal). The compiler makes
   * one instruction of each sum and of each carry where the processor has one.
   */
  @Override
  public void add(int[] slices, int[] places, int from, int to, int sums, int carries) {
    IntVector ones = IntVector.zero(INTS);
    IntVector twos = ones;
    IntVector fours = ones;
    int carry = carries;
    for (int k = from; k < to; k += TERMS) {
      IntVector a = IntVector.fromArray(INTS, slices, places[k] & INDEX);
      IntVector b = IntVector.fromArray(INTS, slices, places[k + 1] & INDEX);
      IntVector half = ones.lanewise(XOR, a);
      IntVector two = ones.and(a).or(half.and(b));
      ones = half.lanewise(XOR, b);
      a = IntVector.fromArray(INTS, slices, places[k + 2] & INDEX);
      b = IntVector.fromArray(INTS, slices, places[k + 3] & INDEX);
      half = ones.lanewise(XOR, a);
      IntVector other = ones.and(a).or(half.and(b));
      ones = half.lanewise(XOR, b);
      half = twos.lanewise(XOR, two);
      IntVector four = twos.and(two).or(half.and(other));
      twos = half.lanewise(XOR, other);
      a = IntVector.fromArray(INTS, slices, places[k + 4] & INDEX);
      b = IntVector.fromArray(INTS, slices, places[k + 5] & INDEX);
      half = ones.lanewise(XOR, a);
      two = ones.and(a).or(half.and(b));
      ones = half.lanewise(XOR, b);
      a = IntVector.fromArray(INTS, slices, places[k + 6] & INDEX);
      b = IntVector.fromArray(INTS, slices, places[k + 7] & INDEX);
      half = ones.lanewise(XOR, a);
      other = ones.and(a).or(half.and(b));
      ones = half.lanewise(XOR, b);
      half = twos.lanewise(XOR, two);
      a = twos.and(two).or(half.and(other));
      twos = half.lanewise(XOR, other);
      half = fours.lanewise(XOR, four);
      fours.and(four).or(half.and(a)).intoArray(slices, carry & INDEX);
      fours = half.lanewise(XOR, a);
      carry += LANES;
    }
    ones.intoArray(slices, sums);
    twos.intoArray(slices, sums + LANES);
    fours.intoArray(slices, sums + 2 * LANES);
  }

  /** Each digit pushes those above it on, in eight places at once. */
  @Override
  public void spread(int[] slices, int sums, int digits, int bytes) {
    IntVector lowest = IntVector.broadcast(INTS, BYTES);
    IntVector b0 = IntVector.zero(INTS);
    IntVector b1 = b0;
    IntVector b2 = b0;
    IntVector b3 = b0;
    IntVector b4 = b0;
    IntVector b5 = b0;
    IntVector b6 = b0;
    IntVector b7 = b0;
    for (int digit = digits - 1; digit >= 0; digit--) {
      IntVector slice = IntVector.fromArray(INTS, slices, (sums + digit * LANES) & INDEX);
      b0 = b0.add(b0).or(slice.and(lowest));
      b1 = b1.add(b1).or(slice.lanewise(LSHR, 1).and(lowest));
      b2 = b2.add(b2).or(slice.lanewise(LSHR, 2).and(lowest));
      b3 = b3.add(b3).or(slice.lanewise(LSHR, 3).and(lowest));
      b4 = b4.add(b4).or(slice.lanewise(LSHR, 4).and(lowest));
      b5 = b5.add(b5).or(slice.lanewise(LSHR, 5).and(lowest));
      b6 = b6.add(b6).or(slice.lanewise(LSHR, 6).and(lowest));
      b7 = b7.add(b7).or(slice.lanewise(LSHR, 7).and(lowest));
    }
    b0.intoArray(slices, bytes);
    b1.intoArray(slices, bytes + LANES);
    b2.intoArray(slices, bytes + 2 * LANES);
    b3.intoArray(slices, bytes + 3 * LANES);
    b4.intoArray(slices, bytes + 4 * LANES);
    b5.intoArray(slices, bytes + 5 * LANES);
    b6.intoArray(slices, bytes + 6 * LANES);
    b7.intoArray(slices, bytes + 7 * LANES);
  }

  @Override
  public void addNumbers(int[] slices, int bytes, int from, int to, int factor) {
    IntVector shift = IntVector.zero(INTS);
    for (int j = 0; j < Integer.SIZE; j += BYTE) {
      for (int k = 0; k < BYTE; k++) {
        IntVector four = IntVector.fromArray(INTS, slices, (bytes + k * LANES) & INDEX);
        IntVector number = four.lanewise(LSHR, shift).and(LOW_BYTE).mul(factor);
        int p = (j + k) * LANES;
        number.add(IntVector.fromArray(INTS, slices, from + p)).intoArray(slices, to + p);
      }
      shift = shift.add(BYTE);
    }
  }

  /** Two vectors at once, which is too long to be inlined into callers that are too long then. */
  @Override
  public void addTo(float[] u, int at, int[] slices, Numbers numbers, float scale) {
    int bytes = numbers.bytes();
    int all = numbers.all();
    FloatVector factors = FloatVector.broadcast(FLOATS, numbers.factor());
    FloatVector scales = FloatVector.broadcast(FLOATS, scale);
    FloatVector round = FloatVector.broadcast(FLOATS, ROUND);
    IntVector roundBits = IntVector.broadcast(INTS, ROUND_BITS);
    IntVector lowByte = IntVector.broadcast(INTS, LOW_BYTE);
    IntVector shift = IntVector.zero(INTS);
    for (int j = 0; j < Integer.SIZE; j += BYTE) {
      for (int k = 0; k < BYTE; k += 2) {
        int four = (bytes + k * LANES) & INDEX;
        IntVector a = IntVector.fromArray(INTS, slices, four).lanewise(LSHR, shift).and(lowByte);
        four = (four + LANES) & INDEX;
        IntVector b = IntVector.fromArray(INTS, slices, four).lanewise(LSHR, shift).and(lowByte);
        int others = (all + (j + k) * LANES) & INDEX;
        a = a.add(a).sub(IntVector.fromArray(INTS, slices, others)).add(roundBits);
        others = (others + LANES) & INDEX;
        b = b.add(b).sub(IntVector.fromArray(INTS, slices, others)).add(roundBits);
        int p = (at + (j + k) * LANES) & INDEX;
        FloatVector y = a.reinterpretAsFloats().sub(round).mul(factors);
        y.fma(scales, FloatVector.fromArray(FLOATS, u, p)).intoArray(u, p);
        p = (p + LANES) & INDEX;
        y = b.reinterpretAsFloats().sub(round).mul(factors);
        y.fma(scales, FloatVector.fromArray(FLOATS, u, p)).intoArray(u, p);
      }
      shift = shift.add(BYTE);
    }
  }

  @Override
  public void addTo(float[] u, int at, int[] slice, float scale) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    IntVector set = IntVector.fromArray(INTS, slice, 0);
    for (int j = 0; j < Integer.SIZE; j++) {
      IntVector bits = set.lanewise(LSHL, 31).lanewise(ASHR, 31).and(ONE);
      set = set.lanewise(LSHR, 1);
      int p = at + j * LANES;
      FloatVector x = FloatVector.fromArray(FLOATS, u, p);
      bits.reinterpretAsFloats().fma(factor, x).intoArray(u, p);
    }
  }
}
