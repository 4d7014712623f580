package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** With the Vector API, written out for the reasons that {@link VectorTableSums} gives. */
final class VectorSpikeRowSums implements SpikeRowSums {
  private static final int INDEX = VectorTableSums.INDEX;
  private static final int HALF = Short.SIZE;

  @Override
  public void add(int[] table, int start, int[] entries, int from, int count, QuarterSums sums) {
    int columns = sums.columns();
    if (columns % (4 * LANES) == 0) {
      for (int i = 0; i < columns; i += 4 * LANES) {
        add4(table, start, entries, from, count, sums, i);
      }
    } else if (columns % (3 * LANES) == 0) {
      for (int i = 0; i < columns; i += 3 * LANES) {
        add3(table, start, entries, from, count, sums, i);
      }
    } else if (columns % (2 * LANES) == 0) {
      for (int i = 0; i < columns; i += 2 * LANES) {
        add2(table, start, entries, from, count, sums, i);
      }
    } else {
      for (int i = 0; i < columns; i += LANES) {
        add1(table, start, entries, from, count, sums, i);
      }
    }
  }

  /** Four vectors, from a column on. */
  private static void add4(
      int[] table, int start, int[] entries, int from, int count, QuarterSums sums, int column) {
    int[] even = sums.even();
    int[] odd = sums.odd();
    int[] bytes = new int[4 * LANES];
    int at = start + column;
    int first = from;
    for (int output = 0; output < sums.outputs(); output++) {
      IntVector s0 = IntVector.broadcast(INTS, BIASES);
      IntVector s1 = IntVector.broadcast(INTS, BIASES);
      IntVector s2 = IntVector.broadcast(INTS, BIASES);
      IntVector s3 = IntVector.broadcast(INTS, BIASES);
      int end = first + 1 + count;
      int turn = first + 1 + entries[first];
      for (int k = first + 1; k < turn; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, table, p));
        s1 = s1.add(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.add(IntVector.fromArray(INTS, table, p + 2 * LANES));
        s3 = s3.add(IntVector.fromArray(INTS, table, p + 3 * LANES));
      }
      for (int k = turn; k < end; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.sub(IntVector.fromArray(INTS, table, p));
        s1 = s1.sub(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.sub(IntVector.fromArray(INTS, table, p + 2 * LANES));
        s3 = s3.sub(IntVector.fromArray(INTS, table, p + 3 * LANES));
      }
      first = end;
      s0.intoArray(bytes, 0);
      s1.intoArray(bytes, LANES);
      s2.intoArray(bytes, 2 * LANES);
      s3.intoArray(bytes, 3 * LANES);
      int s = (sums.at() + output * sums.pitch() + column) & INDEX;
      for (int i = 0; i < 4 * LANES; i += LANES) {
        IntVector four = IntVector.fromArray(INTS, bytes, i);
        four.and(EVEN_BYTES).add(IntVector.fromArray(INTS, even, s + i)).intoArray(even, s + i);
        four = four.lanewise(LSHR, 8).and(EVEN_BYTES);
        four.add(IntVector.fromArray(INTS, odd, s + i)).intoArray(odd, s + i);
      }
    }
  }

  /** As {@link #add4}, three vectors. */
  private static void add3(
      int[] table, int start, int[] entries, int from, int count, QuarterSums sums, int column) {
    int[] even = sums.even();
    int[] odd = sums.odd();
    int[] bytes = new int[3 * LANES];
    int at = start + column;
    int first = from;
    for (int output = 0; output < sums.outputs(); output++) {
      IntVector s0 = IntVector.broadcast(INTS, BIASES);
      IntVector s1 = IntVector.broadcast(INTS, BIASES);
      IntVector s2 = IntVector.broadcast(INTS, BIASES);
      int end = first + 1 + count;
      int turn = first + 1 + entries[first];
      for (int k = first + 1; k < turn; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, table, p));
        s1 = s1.add(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.add(IntVector.fromArray(INTS, table, p + 2 * LANES));
      }
      for (int k = turn; k < end; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.sub(IntVector.fromArray(INTS, table, p));
        s1 = s1.sub(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.sub(IntVector.fromArray(INTS, table, p + 2 * LANES));
      }
      first = end;
      s0.intoArray(bytes, 0);
      s1.intoArray(bytes, LANES);
      s2.intoArray(bytes, 2 * LANES);
      int s = (sums.at() + output * sums.pitch() + column) & INDEX;
      for (int i = 0; i < 3 * LANES; i += LANES) {
        IntVector four = IntVector.fromArray(INTS, bytes, i);
        four.and(EVEN_BYTES).add(IntVector.fromArray(INTS, even, s + i)).intoArray(even, s + i);
        four = four.lanewise(LSHR, 8).and(EVEN_BYTES);
        four.add(IntVector.fromArray(INTS, odd, s + i)).intoArray(odd, s + i);
      }
    }
  }

  /** As {@link #add4}, two vectors. */
  private static void add2(
      int[] table, int start, int[] entries, int from, int count, QuarterSums sums, int column) {
    int[] even = sums.even();
    int[] odd = sums.odd();
    int[] bytes = new int[2 * LANES];
    int at = start + column;
    int first = from;
    for (int output = 0; output < sums.outputs(); output++) {
      IntVector s0 = IntVector.broadcast(INTS, BIASES);
      IntVector s1 = IntVector.broadcast(INTS, BIASES);
      int end = first + 1 + count;
      int turn = first + 1 + entries[first];
      for (int k = first + 1; k < turn; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, table, p));
        s1 = s1.add(IntVector.fromArray(INTS, table, p + LANES));
      }
      for (int k = turn; k < end; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.sub(IntVector.fromArray(INTS, table, p));
        s1 = s1.sub(IntVector.fromArray(INTS, table, p + LANES));
      }
      first = end;
      s0.intoArray(bytes, 0);
      s1.intoArray(bytes, LANES);
      int s = (sums.at() + output * sums.pitch() + column) & INDEX;
      for (int i = 0; i < 2 * LANES; i += LANES) {
        IntVector four = IntVector.fromArray(INTS, bytes, i);
        four.and(EVEN_BYTES).add(IntVector.fromArray(INTS, even, s + i)).intoArray(even, s + i);
        four = four.lanewise(LSHR, 8).and(EVEN_BYTES);
        four.add(IntVector.fromArray(INTS, odd, s + i)).intoArray(odd, s + i);
      }
    }
  }

  /** As {@link #add4}, one vector. */
  private static void add1(
      int[] table, int start, int[] entries, int from, int count, QuarterSums sums, int column) {
    int[] even = sums.even();
    int[] odd = sums.odd();
    int at = start + column;
    int first = from;
    for (int output = 0; output < sums.outputs(); output++) {
      IntVector s0 = IntVector.broadcast(INTS, BIASES);
      int end = first + 1 + count;
      int turn = first + 1 + entries[first];
      for (int k = first + 1; k < turn; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, table, p));
      }
      for (int k = turn; k < end; k++) {
        int p = (at + entries[k]) & INDEX;
        s0 = s0.sub(IntVector.fromArray(INTS, table, p));
      }
      first = end;
      int s = (sums.at() + output * sums.pitch() + column) & INDEX;
      s0.and(EVEN_BYTES).add(IntVector.fromArray(INTS, even, s)).intoArray(even, s);
      s0 = s0.lanewise(LSHR, 8).and(EVEN_BYTES);
      s0.add(IntVector.fromArray(INTS, odd, s)).intoArray(odd, s);
    }
  }

  /** In two loops: one alone is short enough to be inlined into callers that are too long then. */
  @Override
  public void unpack(QuarterSums sums, float factor, float[] rows, int at, int pitch) {
    int[] even = sums.even();
    int[] odd = sums.odd();
    int from = sums.at();
    int columns = sums.columns();
    IntVector roundBits = IntVector.broadcast(INTS, PackedSums.ROUND_BITS);
    FloatVector round = FloatVector.broadcast(FLOATS, PackedSums.ROUND);
    FloatVector factors = FloatVector.broadcast(FLOATS, factor);
    for (int i = 0; i < columns; i += LANES) {
      int q = at + i;
      IntVector both = IntVector.fromArray(INTS, even, from + i);
      IntVector low = both.lanewise(LSHL, HALF).lanewise(ASHR, HALF);
      IntVector high = both.sub(low).lanewise(ASHR, HALF);
      low.add(roundBits).reinterpretAsFloats().sub(round).mul(factors).intoArray(rows, q);
      q += 2 * pitch;
      high.add(roundBits).reinterpretAsFloats().sub(round).mul(factors).intoArray(rows, q);
    }
    for (int i = 0; i < columns; i += LANES) {
      int q = at + pitch + i;
      IntVector both = IntVector.fromArray(INTS, odd, from + i);
      IntVector low = both.lanewise(LSHL, HALF).lanewise(ASHR, HALF);
      IntVector high = both.sub(low).lanewise(ASHR, HALF);
      low.add(roundBits).reinterpretAsFloats().sub(round).mul(factors).intoArray(rows, q);
      q += 2 * pitch;
      high.add(roundBits).reinterpretAsFloats().sub(round).mul(factors).intoArray(rows, q);
    }
  }
}
