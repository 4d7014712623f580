package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.qsnn.tensor.BitTensor;

/** With the Vector API, written out for the reasons that {@link VectorTableSums} gives. */
final class VectorPlaneCopies implements PlaneCopies {
  /** Added to a small integer in a float, it leaves that integer in the low bits. */
  private static final float MAGIC = 0x1p23f;

  /** For each byte the numbers of its bits that are set, in order, eight places a byte. */
  private static final int[] COLUMNS = columns();

  /** The lowest bits of the two halves of an int. */
  private static final int LOWEST_BITS = 0x00010001;

  /** From k on, all bits of each lane but the last k, and none of those. */
  private static final int[] INSIDE = inside();

  /** A row so short that the call of a copy would take longer than the copy. */
  private static final int EIGHT = 8;

  private final PlainPlaneCopies plain = new PlainPlaneCopies();

  private static int[] inside() {
    int[] inside = new int[2 * LANES];
    Arrays.fill(inside, 0, LANES, -1);
    return inside;
  }

  private static int[] columns() {
    int[] columns = new int[256 * 8 + LANES];
    for (int set = 0; set < 256; set++) {
      int n = set * 8;
      for (int i = 0; i < 8; i++) {
        if ((set >> i & 1) == 1) {
          columns[n++] = i;
        }
      }
    }
    return columns;
  }

  @Override
  public void pack(
      float[] x, int[] from, float countsPerUnit, int size, int[] rows, int to, int pitch) {
    int b = from[1] - from[0];
    int c = from[2] - from[0];
    int d = from[3] - from[0];
    for (int h = 0; h < size; h++) {
      for (int column = 0; column < size; column += LANES) {
        int p = from[0] + h * size + column;
        FloatVector xa = FloatVector.fromArray(FLOATS, x, p).mul(countsPerUnit).add(MAGIC);
        FloatVector xb = FloatVector.fromArray(FLOATS, x, p + b).mul(countsPerUnit).add(MAGIC);
        FloatVector xc = FloatVector.fromArray(FLOATS, x, p + c).mul(countsPerUnit).add(MAGIC);
        FloatVector xd = FloatVector.fromArray(FLOATS, x, p + d).mul(countsPerUnit).add(MAGIC);
        IntVector low = xa.reinterpretAsInts().and(TableSums.LARGEST_COUNT);
        IntVector second = xb.reinterpretAsInts().and(TableSums.LARGEST_COUNT).lanewise(LSHL, 8);
        IntVector third = xc.reinterpretAsInts().and(TableSums.LARGEST_COUNT).lanewise(LSHL, 16);
        IntVector high = xd.reinterpretAsInts().lanewise(LSHL, 24);
        int outside = Math.max(0, column + LANES - size);
        low.or(second)
            .or(third.or(high))
            .and(IntVector.fromArray(INTS, INSIDE, outside))
            .intoArray(rows, to + h * pitch + column);
      }
    }
  }

  @Override
  public void pack(int[] bits, int[] words, int size, int[] rows, int to, int pitch) {
    IntVector lanes = IntVector.zero(INTS).addIndex(1);
    for (int h = 0; h < size; h++) {
      for (int column = 0; column < size; column += LANES) {
        int inside = 0xffff >>> Math.max(0, column + 16 - size);
        int at = h * size + column;
        int a = BitTensor.bitsFrom(bits, words[0], at) & inside;
        int b = BitTensor.bitsFrom(bits, words[1], at) & inside;
        int c = BitTensor.bitsFrom(bits, words[2], at) & inside;
        int d = BitTensor.bitsFrom(bits, words[3], at) & inside;
        IntVector even = IntVector.broadcast(INTS, a | c << 16).lanewise(LSHR, lanes);
        IntVector odd = IntVector.broadcast(INTS, b | d << 16).lanewise(LSHR, lanes);
        even.and(LOWEST_BITS)
            .or(odd.and(LOWEST_BITS).lanewise(LSHL, 8))
            .intoArray(rows, to + h * pitch + column);
      }
    }
  }

  @Override
  public void copyRows(float[] x, int from, float[] y, int to, Rows rows) {
    int count = rows.count();
    int length = rows.length();
    int fromPitch = rows.fromPitch();
    int toPitch = rows.toPitch();
    int p = from;
    int q = to;
    if (length == LANES) {
      for (int row = 0; row < count; row++) {
        FloatVector.fromArray(FLOATS, x, p).intoArray(y, q);
        p += fromPitch;
        q += toPitch;
      }
    } else if (length % (2 * LANES) == 0) {
      for (int row = 0; row < count; row++) {
        for (int i = 0; i < length; i += 2 * LANES) {
          FloatVector a = FloatVector.fromArray(FLOATS, x, p + i);
          FloatVector b = FloatVector.fromArray(FLOATS, x, p + i + LANES);
          a.intoArray(y, q + i);
          b.intoArray(y, q + i + LANES);
        }
        p += fromPitch;
        q += toPitch;
      }
    } else if (length % LANES == 0) {
      for (int row = 0; row < count; row++) {
        for (int i = 0; i < length; i += LANES) {
          FloatVector.fromArray(FLOATS, x, p + i).intoArray(y, q + i);
        }
        p += fromPitch;
        q += toPitch;
      }
    } else if (length == EIGHT) {
      for (int row = 0; row < count; row++) {
        for (int i = 0; i < EIGHT; i++) {
          y[q + i] = x[p + i];
        }
        p += fromPitch;
        q += toPitch;
      }
    } else {
      plain.copyRows(x, from, y, to, rows);
    }
  }

  @Override
  public int list(int[] bits, SpikePlane plane, int[] places, int first, int[] starts, int line) {
    int size = plane.size();
    if (size % Byte.SIZE != 0) {
      return plain.list(bits, plane, places, first, starts, line);
    }
    int block = plane.block();
    int bytes = size / Byte.SIZE;
    int at = plane.word() * Integer.BYTES;
    int n = first;
    for (int h = 0; h < size; h++) {
      starts[line + h] = n;
      int place = plane.place() + h * plane.linePitch();
      for (int end = at + bytes; at < end; at++) {
        int set = bits[at >> 2] >>> (at << 3) & 0xff;
        IntVector columns = IntVector.fromArray(INTS, COLUMNS, set << 3);
        columns.mul(block).add(place).intoArray(places, n);
        place += block << 3;
        n += Integer.bitCount(set);
      }
    }
    return n;
  }
}
