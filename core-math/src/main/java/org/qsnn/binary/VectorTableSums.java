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

/**
 * With the Vector API. Sums stay in registers while the entries are added; loops over several
 * vectors are written out, because the compiler keeps only named ones in registers. No vector is
 * handed to a method of our own or comes from one, and no method has more than about fifty
 * operations on vectors: what the compiler does not inline at once may make an object of every
 * vector (decision 0014).
 */
final class VectorTableSums implements TableSums {
  /** Added to a small integer in a float, it leaves that integer in the low bits. */
  private static final float MAGIC = 0x1p23f;

  /** Likewise for integers of either sign. */
  private static final float ROUND = 0x1.8p23f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** Twice a sum of 16 bits. */
  private static final int LOW_SUM = 0x1fffe;

  /** The lower bytes of the two halves of an int. */
  private static final int EVEN_BYTES = 0x00ff00ff;

  /** For each byte the numbers of its bits that are set, in order, eight places a byte. */
  private static final int[] COLUMNS = columns();

  /** The lowest bits of the two halves of an int. */
  private static final int LOWEST_BITS = 0x00010001;

  /**
   * What an index of a loop over several vectors is masked with. No bit of it is lost, but the
   * compiler learns that a few more do not overflow, and makes them part of the load's address.
   */
  static final int INDEX = (1 << 30) - 1;

  /** From k on, all bits of each lane but the last k, and none of those. */
  private static final int[] INSIDE = inside();

  private final PlainTableSums plain = new PlainTableSums();

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
  public void pack(float[] x, int[] from, float countsPerUnit, int size, int[] rows, int to, int pitch) {
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
        IntVector low = xa.reinterpretAsInts().and(LARGEST_COUNT);
        IntVector second = xb.reinterpretAsInts().and(LARGEST_COUNT).lanewise(LSHL, 8);
        IntVector third = xc.reinterpretAsInts().and(LARGEST_COUNT).lanewise(LSHL, 16);
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
  public void unpack(int[] sums, int sum, int total, float factor, float[] y, int to, int pitch) {
    for (int image = 0; image < 2; image++) {
      int from = sum + image * TILE;
      int all = total + image * TILE;
      int first = to + image * pitch;
      int third = first + 2 * pitch;
      for (int i = 0; i < TILE; i += LANES) {
        IntVector s = IntVector.fromArray(INTS, sums, from + i);
        IntVector t = IntVector.fromArray(INTS, sums, all + i);
        IntVector bits = s.add(s).and(LOW_SUM).sub(t.and(0xffff)).add(ROUND_BITS);
        bits.reinterpretAsFloats().sub(ROUND).mul(factor).intoArray(y, first + i);
        s = s.lanewise(LSHR, 16);
        bits = s.add(s).sub(t.lanewise(LSHR, 16)).add(ROUND_BITS);
        bits.reinterpretAsFloats().sub(ROUND).mul(factor).intoArray(y, third + i);
      }
    }
  }

  @Override
  public void copyRows(
      float[] x, int from, int pitch, float[] y, int to, int toPitch, int rows, int length) {
    int p = from;
    int q = to;
    if (length == LANES) {
      for (int row = 0; row < rows; row++) {
        FloatVector.fromArray(FLOATS, x, p).intoArray(y, q);
        p += pitch;
        q += toPitch;
      }
    } else if (length % (2 * LANES) == 0) {
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < length; i += 2 * LANES) {
          FloatVector a = FloatVector.fromArray(FLOATS, x, p + i);
          FloatVector b = FloatVector.fromArray(FLOATS, x, p + i + LANES);
          a.intoArray(y, q + i);
          b.intoArray(y, q + i + LANES);
        }
        p += pitch;
        q += toPitch;
      }
    } else {
      plain.copyRows(x, from, pitch, y, to, toPitch, rows, length);
    }
  }

  @Override
  public void tables(int[] x, int[] table, TableColumns where) {
    int rowPitch = where.rowPitch();
    int entryPitch = where.entryPitch();
    for (int i = 0; i < where.columns(); i += LANES) {
      int p = where.row() + i;
      IntVector a = IntVector.fromArray(INTS, x, p);
      IntVector b = IntVector.fromArray(INTS, x, p + rowPitch);
      IntVector c = IntVector.fromArray(INTS, x, p + 2 * rowPitch);
      IntVector d = IntVector.fromArray(INTS, x, p + 3 * rowPitch);
      IntVector ab = a.add(b);
      IntVector cd = c.add(d);
      int q = where.at() + i;
      IntVector.zero(INTS).intoArray(table, q);
      a.intoArray(table, q + entryPitch);
      b.intoArray(table, q + 2 * entryPitch);
      ab.intoArray(table, q + 3 * entryPitch);
      c.intoArray(table, q + 4 * entryPitch);
      a.add(c).intoArray(table, q + 5 * entryPitch);
      b.add(c).intoArray(table, q + 6 * entryPitch);
      ab.add(c).intoArray(table, q + 7 * entryPitch);
      d.intoArray(table, q + 8 * entryPitch);
      a.add(d).intoArray(table, q + 9 * entryPitch);
      b.add(d).intoArray(table, q + 10 * entryPitch);
      ab.add(d).intoArray(table, q + 11 * entryPitch);
      cd.intoArray(table, q + 12 * entryPitch);
      a.add(cd).intoArray(table, q + 13 * entryPitch);
      b.add(cd).intoArray(table, q + 14 * entryPitch);
      ab.add(cd).intoArray(table, q + 15 * entryPitch);
    }
  }

  @Override
  public void tables(float[] x, float[] factors, int factor, float[] table, TableColumns where) {
    int rowPitch = where.rowPitch();
    int entryPitch = where.entryPitch();
    for (int i = 0; i < where.columns(); i += LANES) {
      int p = where.row() + i;
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, p).mul(factors[factor]);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, p + rowPitch).mul(factors[factor + 1]);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, p + 2 * rowPitch).mul(factors[factor + 2]);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, p + 3 * rowPitch).mul(factors[factor + 3]);
      FloatVector same = x0.add(x1);
      FloatVector other = x0.sub(x1);
      FloatVector high = x2.add(x3);
      FloatVector mixed = x3.sub(x2);
      int q = where.at() + i;
      mixed.sub(same).intoArray(table, q);
      mixed.add(other).intoArray(table, q + entryPitch);
      mixed.sub(other).intoArray(table, q + 2 * entryPitch);
      mixed.add(same).intoArray(table, q + 3 * entryPitch);
      high.sub(same).intoArray(table, q + 4 * entryPitch);
      high.add(other).intoArray(table, q + 5 * entryPitch);
      high.sub(other).intoArray(table, q + 6 * entryPitch);
      high.add(same).intoArray(table, q + 7 * entryPitch);
    }
  }

  @Override
  public void largeTables(
      float[] x, float[] factors, int factor, float[] table, TableColumns where) {
    int row = where.row();
    int rowPitch = where.rowPitch();
    int entryPitch = where.entryPitch();
    int columns = where.columns();
    // The sums of four terms wait where the last entries will be.
    int terms = where.at() + 24 * entryPitch;
    tables(x, factors, factor, table, new TableColumns(row, rowPitch, columns, terms, entryPitch));
    for (int i = 0; i < columns; i += LANES) {
      int p = row + 4 * rowPitch + i;
      FloatVector x4 = FloatVector.fromArray(FLOATS, x, p).mul(factors[factor + 4]);
      FloatVector x5 = FloatVector.fromArray(FLOATS, x, p + rowPitch).mul(factors[factor + 5]);
      FloatVector minus = x5.sub(x4);
      FloatVector plus = x5.add(x4);
      int q = where.at() + i;
      for (int e = 0; e < 8; e++) {
        FloatVector t = FloatVector.fromArray(FLOATS, table, q + (24 + e) * entryPitch);
        minus.sub(t).intoArray(table, q + (7 - e) * entryPitch);
        minus.add(t).intoArray(table, q + (8 + e) * entryPitch);
        plus.sub(t).intoArray(table, q + (23 - e) * entryPitch);
        plus.add(t).intoArray(table, q + (24 + e) * entryPitch);
      }
    }
  }

  @Override
  public void add(
      int[] table, int at, int[] entries, int from, int to, int[] sums, int before, int sum) {
    IntVector evenBytes = IntVector.broadcast(INTS, EVEN_BYTES);
    for (int i = 0; i < TILE; i += 4 * LANES) {
      IntVector s0 = IntVector.zero(INTS);
      IntVector s1 = IntVector.zero(INTS);
      IntVector s2 = IntVector.zero(INTS);
      IntVector s3 = IntVector.zero(INTS);
      int column = at + i;
      for (int k = from; k < to; k++) {
        int p = (column + entries[k]) & INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, table, p));
        s1 = s1.add(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.add(IntVector.fromArray(INTS, table, p + 2 * LANES));
        s3 = s3.add(IntVector.fromArray(INTS, table, p + 3 * LANES));
      }
      int b = (before + i) & INDEX;
      int s = (sum + i) & INDEX;
      s0.and(evenBytes).add(IntVector.fromArray(INTS, sums, b)).intoArray(sums, s);
      s1.and(evenBytes).add(IntVector.fromArray(INTS, sums, b + LANES)).intoArray(sums, s + LANES);
      s2.and(evenBytes)
          .add(IntVector.fromArray(INTS, sums, b + 2 * LANES))
          .intoArray(sums, s + 2 * LANES);
      s3.and(evenBytes)
          .add(IntVector.fromArray(INTS, sums, b + 3 * LANES))
          .intoArray(sums, s + 3 * LANES);
      b = (b + TILE) & INDEX;
      s = (s + TILE) & INDEX;
      s0 = s0.lanewise(LSHR, 8).and(evenBytes);
      s0.add(IntVector.fromArray(INTS, sums, b)).intoArray(sums, s);
      s1 = s1.lanewise(LSHR, 8).and(evenBytes);
      s1.add(IntVector.fromArray(INTS, sums, b + LANES)).intoArray(sums, s + LANES);
      s2 = s2.lanewise(LSHR, 8).and(evenBytes);
      s2.add(IntVector.fromArray(INTS, sums, b + 2 * LANES)).intoArray(sums, s + 2 * LANES);
      s3 = s3.lanewise(LSHR, 8).and(evenBytes);
      s3.add(IntVector.fromArray(INTS, sums, b + 3 * LANES)).intoArray(sums, s + 3 * LANES);
    }
  }

  @Override
  public void add(
      float[] table,
      int at,
      int[] entries,
      float[] signs,
      int from,
      int to,
      float[] sums,
      int before,
      int sum) {
    for (int i = 0; i < TILE; i += 4 * LANES) {
      int b = (before + i) & INDEX;
      int s = (sum + i) & INDEX;
      FloatVector s0 = FloatVector.fromArray(FLOATS, sums, b);
      FloatVector s1 = FloatVector.fromArray(FLOATS, sums, b + LANES);
      FloatVector s2 = FloatVector.fromArray(FLOATS, sums, b + 2 * LANES);
      FloatVector s3 = FloatVector.fromArray(FLOATS, sums, b + 3 * LANES);
      int column = at + i;
      for (int k = from; k < to; k++) {
        int p = (column + entries[k]) & INDEX;
        FloatVector sign = FloatVector.broadcast(FLOATS, signs[k]);
        s0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, s0);
        s1 = FloatVector.fromArray(FLOATS, table, p + LANES).fma(sign, s1);
        s2 = FloatVector.fromArray(FLOATS, table, p + 2 * LANES).fma(sign, s2);
        s3 = FloatVector.fromArray(FLOATS, table, p + 3 * LANES).fma(sign, s3);
      }
      s0.intoArray(sums, s);
      s1.intoArray(sums, s + LANES);
      s2.intoArray(sums, s + 2 * LANES);
      s3.intoArray(sums, s + 3 * LANES);
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
