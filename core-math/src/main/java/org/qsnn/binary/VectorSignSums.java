package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.qsnn.tensor.BitTensor;

/**
 * With the Vector API. Sums stay in registers while the entries are added; loops over several
 * vectors are written out, because the compiler keeps only named ones in registers. No vector is
 * handed to a method of our own or comes from one: where the compiler does not inline it, every
 * vector of the loop becomes an object. Methods of more than 325 bytes of code are not inlined into
 * large callers, where the same would happen.
 */
final class VectorSignSums implements SignSums {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

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

  /** For each byte its bits, the lowest first. */
  private static final int[] BITS = bits();

  /**
   * What an index of a loop over several vectors is masked with. No bit of it is lost, but the
   * compiler learns that a few more do not overflow, and makes them part of the load's address.
   */
  static final int INDEX = (1 << 30) - 1;

  private final PlainSignSums plain = new PlainSignSums();

  private static int[] columns() {
    int[] columns = new int[256 * 8];
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

  private static int[] bits() {
    int[] bits = new int[256 * 8];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (i / 8) >> i % 8 & 1;
    }
    return bits;
  }

  @Override
  public void pack(float[] x, int[] from, float unit, int size, int[] rows, int to, int pitch) {
    int whole = INTS.loopBound(size);
    int b = from[1] - from[0];
    int c = from[2] - from[0];
    int d = from[3] - from[0];
    for (int h = 0; h < size; h++) {
      int p = from[0] + h * size;
      int q = to + h * pitch;
      for (int end = p + whole; p < end; p += 8) {
        FloatVector xa = FloatVector.fromArray(FLOATS, x, p).mul(unit).add(MAGIC);
        FloatVector xb = FloatVector.fromArray(FLOATS, x, p + b).mul(unit).add(MAGIC);
        FloatVector xc = FloatVector.fromArray(FLOATS, x, p + c).mul(unit).add(MAGIC);
        FloatVector xd = FloatVector.fromArray(FLOATS, x, p + d).mul(unit).add(MAGIC);
        IntVector low = xa.reinterpretAsInts().and(LARGEST_COUNT);
        IntVector second = xb.reinterpretAsInts().and(LARGEST_COUNT).lanewise(LSHL, 8);
        IntVector third = xc.reinterpretAsInts().and(LARGEST_COUNT).lanewise(LSHL, 16);
        IntVector high = xd.reinterpretAsInts().lanewise(LSHL, 24);
        low.or(second).or(third.or(high)).intoArray(rows, q);
        q += 8;
      }
      for (int end = p + size - whole; p < end; p++) {
        int low = (int) (x[p] * unit) | (int) (x[p + b] * unit) << 8;
        int high = (int) (x[p + c] * unit) << 16 | (int) (x[p + d] * unit) << 24;
        rows[q++] = low | high;
      }
    }
  }

  @Override
  public void pack(int[] bits, int[] words, int size, int[] rows, int to, int pitch) {
    for (int h = 0; h < size; h++) {
      for (int column = 0; column < size; column += 8) {
        int inside = 0xff >>> Math.max(0, column + 8 - size);
        int at = h * size + column;
        int a = BitTensor.byteOf(bits, words[0], at) & inside;
        int b = BitTensor.byteOf(bits, words[1], at) & inside;
        int c = BitTensor.byteOf(bits, words[2], at) & inside;
        int d = BitTensor.byteOf(bits, words[3], at) & inside;
        IntVector low = IntVector.fromArray(INTS, BITS, a * 8);
        IntVector second = IntVector.fromArray(INTS, BITS, b * 8).lanewise(LSHL, 8);
        IntVector third = IntVector.fromArray(INTS, BITS, c * 8).lanewise(LSHL, 16);
        IntVector high = IntVector.fromArray(INTS, BITS, d * 8).lanewise(LSHL, 24);
        low.or(second).or(third.or(high)).intoArray(rows, to + h * pitch + column);
      }
    }
  }

  @Override
  public void unpack(int[] sums, int sum, int total, float factor, float[] y, int to, int stride) {
    for (int i = 0; i < TILE; i += 8) {
      IntVector s = IntVector.fromArray(INTS, sums, sum + i);
      IntVector t = IntVector.fromArray(INTS, sums, total + i);
      IntVector bits = s.add(s).and(LOW_SUM).sub(t.and(0xffff)).add(ROUND_BITS);
      bits.reinterpretAsFloats().sub(ROUND).mul(factor).intoArray(y, to + i);
      s = s.lanewise(LSHR, 16);
      bits = s.add(s).sub(t.lanewise(LSHR, 16)).add(ROUND_BITS);
      bits.reinterpretAsFloats().sub(ROUND).mul(factor).intoArray(y, to + 2 * stride + i);
      s = IntVector.fromArray(INTS, sums, sum + TILE + i);
      t = IntVector.fromArray(INTS, sums, total + TILE + i);
      bits = s.add(s).and(LOW_SUM).sub(t.and(0xffff)).add(ROUND_BITS);
      bits.reinterpretAsFloats().sub(ROUND).mul(factor).intoArray(y, to + stride + i);
      s = s.lanewise(LSHR, 16);
      bits = s.add(s).sub(t.lanewise(LSHR, 16)).add(ROUND_BITS);
      bits.reinterpretAsFloats().sub(ROUND).mul(factor).intoArray(y, to + 3 * stride + i);
    }
  }

  @Override
  public void copyRows(
      float[] x, int from, int pitch, float[] y, int to, int toPitch, int rows, int length) {
    int p = from;
    int q = to;
    switch (length) {
      case 8 -> {
        for (int row = 0; row < rows; row++) {
          FloatVector.fromArray(FLOATS, x, p).intoArray(y, q);
          p += pitch;
          q += toPitch;
        }
      }
      case 16 -> {
        for (int row = 0; row < rows; row++) {
          FloatVector a = FloatVector.fromArray(FLOATS, x, p);
          FloatVector b = FloatVector.fromArray(FLOATS, x, p + 8);
          a.intoArray(y, q);
          b.intoArray(y, q + 8);
          p += pitch;
          q += toPitch;
        }
      }
      case 32, 64 -> {
        for (int row = 0; row < rows; row++) {
          for (int i = 0; i < length; i += 32) {
            FloatVector a = FloatVector.fromArray(FLOATS, x, p + i);
            FloatVector b = FloatVector.fromArray(FLOATS, x, p + i + 8);
            FloatVector c = FloatVector.fromArray(FLOATS, x, p + i + 16);
            FloatVector d = FloatVector.fromArray(FLOATS, x, p + i + 24);
            a.intoArray(y, q + i);
            b.intoArray(y, q + i + 8);
            c.intoArray(y, q + i + 16);
            d.intoArray(y, q + i + 24);
          }
          p += pitch;
          q += toPitch;
        }
      }
      default -> plain.copyRows(x, from, pitch, y, to, toPitch, rows, length);
    }
  }

  @Override
  public void tables(int[] x, int[] table, TableColumns where) {
    int stride = where.stride();
    int pitch = where.pitch();
    for (int i = 0; i < where.columns(); i += 8) {
      int p = where.row() + i;
      IntVector a = IntVector.fromArray(INTS, x, p);
      IntVector b = IntVector.fromArray(INTS, x, p + stride);
      IntVector c = IntVector.fromArray(INTS, x, p + 2 * stride);
      IntVector d = IntVector.fromArray(INTS, x, p + 3 * stride);
      IntVector ab = a.add(b);
      IntVector cd = c.add(d);
      int q = where.at() + i;
      IntVector.zero(INTS).intoArray(table, q);
      a.intoArray(table, q + pitch);
      b.intoArray(table, q + 2 * pitch);
      ab.intoArray(table, q + 3 * pitch);
      c.intoArray(table, q + 4 * pitch);
      a.add(c).intoArray(table, q + 5 * pitch);
      b.add(c).intoArray(table, q + 6 * pitch);
      ab.add(c).intoArray(table, q + 7 * pitch);
      d.intoArray(table, q + 8 * pitch);
      a.add(d).intoArray(table, q + 9 * pitch);
      b.add(d).intoArray(table, q + 10 * pitch);
      ab.add(d).intoArray(table, q + 11 * pitch);
      cd.intoArray(table, q + 12 * pitch);
      a.add(cd).intoArray(table, q + 13 * pitch);
      b.add(cd).intoArray(table, q + 14 * pitch);
      ab.add(cd).intoArray(table, q + 15 * pitch);
    }
  }

  @Override
  public void tables(float[] x, float[] factors, int factor, float[] table, TableColumns where) {
    int stride = where.stride();
    int pitch = where.pitch();
    for (int i = 0; i < where.columns(); i += 8) {
      int p = where.row() + i;
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, p).mul(factors[factor]);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, p + stride).mul(factors[factor + 1]);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, p + 2 * stride).mul(factors[factor + 2]);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, p + 3 * stride).mul(factors[factor + 3]);
      FloatVector same = x0.add(x1);
      FloatVector other = x0.sub(x1);
      FloatVector high = x2.add(x3);
      FloatVector mixed = x3.sub(x2);
      int q = where.at() + i;
      mixed.sub(same).intoArray(table, q);
      mixed.add(other).intoArray(table, q + pitch);
      mixed.sub(other).intoArray(table, q + 2 * pitch);
      mixed.add(same).intoArray(table, q + 3 * pitch);
      high.sub(same).intoArray(table, q + 4 * pitch);
      high.add(other).intoArray(table, q + 5 * pitch);
      high.sub(other).intoArray(table, q + 6 * pitch);
      high.add(same).intoArray(table, q + 7 * pitch);
    }
  }

  @Override
  public void largeTables(
      float[] x, float[] factors, int factor, float[] table, TableColumns where) {
    int stride = where.stride();
    int pitch = where.pitch();
    for (int i = 0; i < where.columns(); i += 8) {
      int p = where.row() + i;
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, p).mul(factors[factor]);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, p + stride).mul(factors[factor + 1]);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, p + 2 * stride).mul(factors[factor + 2]);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, p + 3 * stride).mul(factors[factor + 3]);
      FloatVector x4 = FloatVector.fromArray(FLOATS, x, p + 4 * stride).mul(factors[factor + 4]);
      FloatVector x5 = FloatVector.fromArray(FLOATS, x, p + 5 * stride).mul(factors[factor + 5]);
      FloatVector same = x0.add(x1);
      FloatVector other = x0.sub(x1);
      FloatVector high = x2.add(x3);
      FloatVector mixed = x3.sub(x2);
      // The sums of the first four rows with the fourth's sign plus, in order.
      FloatVector t0 = mixed.sub(same);
      FloatVector t1 = mixed.add(other);
      FloatVector t2 = mixed.sub(other);
      FloatVector t3 = mixed.add(same);
      FloatVector t4 = high.sub(same);
      FloatVector t5 = high.add(other);
      FloatVector t6 = high.sub(other);
      FloatVector t7 = high.add(same);
      FloatVector minus = x5.sub(x4);
      FloatVector plus = x5.add(x4);
      int q = where.at() + i;
      minus.sub(t7).intoArray(table, q);
      minus.sub(t6).intoArray(table, q + pitch);
      minus.sub(t5).intoArray(table, q + 2 * pitch);
      minus.sub(t4).intoArray(table, q + 3 * pitch);
      minus.sub(t3).intoArray(table, q + 4 * pitch);
      minus.sub(t2).intoArray(table, q + 5 * pitch);
      minus.sub(t1).intoArray(table, q + 6 * pitch);
      minus.sub(t0).intoArray(table, q + 7 * pitch);
      minus.add(t0).intoArray(table, q + 8 * pitch);
      minus.add(t1).intoArray(table, q + 9 * pitch);
      minus.add(t2).intoArray(table, q + 10 * pitch);
      minus.add(t3).intoArray(table, q + 11 * pitch);
      minus.add(t4).intoArray(table, q + 12 * pitch);
      minus.add(t5).intoArray(table, q + 13 * pitch);
      minus.add(t6).intoArray(table, q + 14 * pitch);
      minus.add(t7).intoArray(table, q + 15 * pitch);
      plus.sub(t7).intoArray(table, q + 16 * pitch);
      plus.sub(t6).intoArray(table, q + 17 * pitch);
      plus.sub(t5).intoArray(table, q + 18 * pitch);
      plus.sub(t4).intoArray(table, q + 19 * pitch);
      plus.sub(t3).intoArray(table, q + 20 * pitch);
      plus.sub(t2).intoArray(table, q + 21 * pitch);
      plus.sub(t1).intoArray(table, q + 22 * pitch);
      plus.sub(t0).intoArray(table, q + 23 * pitch);
      plus.add(t0).intoArray(table, q + 24 * pitch);
      plus.add(t1).intoArray(table, q + 25 * pitch);
      plus.add(t2).intoArray(table, q + 26 * pitch);
      plus.add(t3).intoArray(table, q + 27 * pitch);
      plus.add(t4).intoArray(table, q + 28 * pitch);
      plus.add(t5).intoArray(table, q + 29 * pitch);
      plus.add(t6).intoArray(table, q + 30 * pitch);
      plus.add(t7).intoArray(table, q + 31 * pitch);
    }
  }

  @Override
  public void add(
      int[] table, int at, int[] entries, int from, int to, int[] sums, int before, int sum) {
    int b = before & INDEX;
    int s = sum & INDEX;
    IntVector s0 = IntVector.zero(INTS);
    IntVector s1 = IntVector.zero(INTS);
    IntVector s2 = IntVector.zero(INTS);
    IntVector s3 = IntVector.zero(INTS);
    IntVector s4 = IntVector.zero(INTS);
    IntVector s5 = IntVector.zero(INTS);
    IntVector s6 = IntVector.zero(INTS);
    IntVector s7 = IntVector.zero(INTS);
    for (int k = from; k < to; k++) {
      int p = (at + entries[k]) & INDEX;
      s0 = s0.add(IntVector.fromArray(INTS, table, p));
      s1 = s1.add(IntVector.fromArray(INTS, table, p + 8));
      s2 = s2.add(IntVector.fromArray(INTS, table, p + 16));
      s3 = s3.add(IntVector.fromArray(INTS, table, p + 24));
      s4 = s4.add(IntVector.fromArray(INTS, table, p + 32));
      s5 = s5.add(IntVector.fromArray(INTS, table, p + 40));
      s6 = s6.add(IntVector.fromArray(INTS, table, p + 48));
      s7 = s7.add(IntVector.fromArray(INTS, table, p + 56));
    }
    s0.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b)).intoArray(sums, s);
    s1.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b + 8)).intoArray(sums, s + 8);
    s2.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b + 16)).intoArray(sums, s + 16);
    s3.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b + 24)).intoArray(sums, s + 24);
    s4.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b + 32)).intoArray(sums, s + 32);
    s5.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b + 40)).intoArray(sums, s + 40);
    s6.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b + 48)).intoArray(sums, s + 48);
    s7.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, b + 56)).intoArray(sums, s + 56);
    int odd = (s + TILE) & INDEX;
    int oddBefore = (b + TILE) & INDEX;
    s0 = s0.lanewise(LSHR, 8).and(EVEN_BYTES);
    s0.add(IntVector.fromArray(INTS, sums, oddBefore)).intoArray(sums, odd);
    s1 = s1.lanewise(LSHR, 8).and(EVEN_BYTES);
    s1.add(IntVector.fromArray(INTS, sums, oddBefore + 8)).intoArray(sums, odd + 8);
    s2 = s2.lanewise(LSHR, 8).and(EVEN_BYTES);
    s2.add(IntVector.fromArray(INTS, sums, oddBefore + 16)).intoArray(sums, odd + 16);
    s3 = s3.lanewise(LSHR, 8).and(EVEN_BYTES);
    s3.add(IntVector.fromArray(INTS, sums, oddBefore + 24)).intoArray(sums, odd + 24);
    s4 = s4.lanewise(LSHR, 8).and(EVEN_BYTES);
    s4.add(IntVector.fromArray(INTS, sums, oddBefore + 32)).intoArray(sums, odd + 32);
    s5 = s5.lanewise(LSHR, 8).and(EVEN_BYTES);
    s5.add(IntVector.fromArray(INTS, sums, oddBefore + 40)).intoArray(sums, odd + 40);
    s6 = s6.lanewise(LSHR, 8).and(EVEN_BYTES);
    s6.add(IntVector.fromArray(INTS, sums, oddBefore + 48)).intoArray(sums, odd + 48);
    s7 = s7.lanewise(LSHR, 8).and(EVEN_BYTES);
    s7.add(IntVector.fromArray(INTS, sums, oddBefore + 56)).intoArray(sums, odd + 56);
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
    int b = before & INDEX;
    int s = sum & INDEX;
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, b);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, b + 8);
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, b + 16);
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, b + 24);
    FloatVector s4 = FloatVector.fromArray(FLOATS, sums, b + 32);
    FloatVector s5 = FloatVector.fromArray(FLOATS, sums, b + 40);
    FloatVector s6 = FloatVector.fromArray(FLOATS, sums, b + 48);
    FloatVector s7 = FloatVector.fromArray(FLOATS, sums, b + 56);
    for (int k = from; k < to; k++) {
      int p = (at + entries[k]) & INDEX;
      FloatVector sign = FloatVector.broadcast(FLOATS, signs[k]);
      s0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, s0);
      s1 = FloatVector.fromArray(FLOATS, table, p + 8).fma(sign, s1);
      s2 = FloatVector.fromArray(FLOATS, table, p + 16).fma(sign, s2);
      s3 = FloatVector.fromArray(FLOATS, table, p + 24).fma(sign, s3);
      s4 = FloatVector.fromArray(FLOATS, table, p + 32).fma(sign, s4);
      s5 = FloatVector.fromArray(FLOATS, table, p + 40).fma(sign, s5);
      s6 = FloatVector.fromArray(FLOATS, table, p + 48).fma(sign, s6);
      s7 = FloatVector.fromArray(FLOATS, table, p + 56).fma(sign, s7);
    }
    s0.intoArray(sums, s);
    s1.intoArray(sums, s + 8);
    s2.intoArray(sums, s + 16);
    s3.intoArray(sums, s + 24);
    s4.intoArray(sums, s + 32);
    s5.intoArray(sums, s + 40);
    s6.intoArray(sums, s + 48);
    s7.intoArray(sums, s + 56);
  }

  @Override
  public int list(int[] bits, SpikePlane plane, int[] places, int first, int[] starts, int line) {
    int size = plane.size();
    if (size % Byte.SIZE != 0) {
      return plain.list(bits, plane, places, first, starts, line);
    }
    int unit = plane.unit();
    int bytes = size / Byte.SIZE;
    int at = plane.word() * Integer.BYTES;
    int n = first;
    for (int h = 0; h < size; h++) {
      starts[line + h] = n;
      int place = plane.place() + h * plane.linePitch();
      for (int end = at + bytes; at < end; at++) {
        int set = bits[at >> 2] >>> (at << 3) & 0xff;
        IntVector columns = IntVector.fromArray(INTS, COLUMNS, set << 3);
        columns.mul(unit).add(place).intoArray(places, n);
        place += unit << 3;
        n += Integer.bitCount(set);
      }
    }
    return n;
  }
}
