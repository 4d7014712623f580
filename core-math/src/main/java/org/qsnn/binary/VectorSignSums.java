package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API. Sums stay in registers while the entries are added; loops over several
 * vectors are written out, because the compiler keeps only named ones in registers.
 */
final class VectorSignSums implements SignSums {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  /** Added to a small integer in a float, it leaves that integer in the low bits. */
  private static final float MAGIC = 0x1p23f;

  /** Likewise for integers of either sign. */
  private static final float ROUND = 0x1.8p23f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** The lower bytes of the two halves of an int. */
  private static final int EVEN_BYTES = 0x00ff00ff;

  private final PlainSignSums plain = new PlainSignSums();

  @Override
  public void pack(float[] x, int[] from, float unit, int[] rows, int to, int length) {
    int whole = INTS.loopBound(length);
    int a = from[0];
    int b = from[1];
    int c = from[2];
    int d = from[3];
    for (int i = 0; i < whole; i += 8) {
      IntVector packed = counts(x, a + i, unit);
      packed = packed.or(counts(x, b + i, unit).lanewise(LSHL, 8));
      packed = packed.or(counts(x, c + i, unit).lanewise(LSHL, 16));
      packed = packed.or(counts(x, d + i, unit).lanewise(LSHL, 24));
      packed.intoArray(rows, to + i);
    }
    for (int i = whole; i < length; i++) {
      int low = (int) (x[a + i] * unit) | (int) (x[b + i] * unit) << 8;
      int high = (int) (x[c + i] * unit) << 16 | (int) (x[d + i] * unit) << 24;
      rows[to + i] = low | high;
    }
  }

  private static IntVector counts(float[] x, int from, float unit) {
    return FloatVector.fromArray(FLOATS, x, from)
        .mul(unit)
        .add(MAGIC)
        .reinterpretAsInts()
        .and(LARGEST_COUNT);
  }

  @Override
  public void unpack(int[] sums, int sum, int total, float factor, float[] y, int to, int stride) {
    for (int i = 0; i < TILE; i += 8) {
      IntVector s = IntVector.fromArray(INTS, sums, sum + i);
      IntVector t = IntVector.fromArray(INTS, sums, total + i);
      unpack(s.and(0xffff), t.and(0xffff), factor, y, to + i);
      unpack(s.lanewise(LSHR, 16), t.lanewise(LSHR, 16), factor, y, to + 2 * stride + i);
      s = IntVector.fromArray(INTS, sums, sum + TILE + i);
      t = IntVector.fromArray(INTS, sums, total + TILE + i);
      unpack(s.and(0xffff), t.and(0xffff), factor, y, to + stride + i);
      unpack(s.lanewise(LSHR, 16), t.lanewise(LSHR, 16), factor, y, to + 3 * stride + i);
    }
  }

  private static void unpack(IntVector positive, IntVector all, float factor, float[] y, int to) {
    IntVector signed = positive.add(positive).sub(all).add(ROUND_BITS);
    signed.reinterpretAsFloats().sub(ROUND).mul(factor).intoArray(y, to);
  }

  @Override
  public void tables(int[] x, int row, int stride, int[] table, int at, int pitch) {
    for (int i = 0; i < pitch; i += 8) {
      int p = row + i;
      IntVector a = IntVector.fromArray(INTS, x, p);
      IntVector b = IntVector.fromArray(INTS, x, p + stride);
      IntVector c = IntVector.fromArray(INTS, x, p + 2 * stride);
      IntVector d = IntVector.fromArray(INTS, x, p + 3 * stride);
      IntVector ab = a.add(b);
      IntVector cd = c.add(d);
      int q = at + i;
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
  public void tables(
      float[] x,
      int row,
      int stride,
      float[] factors,
      int factor,
      float[] table,
      int at,
      int pitch) {
    for (int i = 0; i < pitch; i += 8) {
      int p = row + i;
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, p).mul(factors[factor]);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, p + stride).mul(factors[factor + 1]);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, p + 2 * stride).mul(factors[factor + 2]);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, p + 3 * stride).mul(factors[factor + 3]);
      FloatVector same = x0.add(x1);
      FloatVector other = x0.sub(x1);
      FloatVector high = x2.add(x3);
      FloatVector mixed = x2.sub(x3);
      FloatVector minusSame = FloatVector.zero(FLOATS).sub(same);
      FloatVector minusOther = FloatVector.zero(FLOATS).sub(other);
      int q = at + i;
      minusSame.sub(high).intoArray(table, q);
      other.sub(high).intoArray(table, q + pitch);
      minusOther.sub(high).intoArray(table, q + 2 * pitch);
      same.sub(high).intoArray(table, q + 3 * pitch);
      minusSame.add(mixed).intoArray(table, q + 4 * pitch);
      other.add(mixed).intoArray(table, q + 5 * pitch);
      minusOther.add(mixed).intoArray(table, q + 6 * pitch);
      same.add(mixed).intoArray(table, q + 7 * pitch);
      minusSame.sub(mixed).intoArray(table, q + 8 * pitch);
      other.sub(mixed).intoArray(table, q + 9 * pitch);
      minusOther.sub(mixed).intoArray(table, q + 10 * pitch);
      same.sub(mixed).intoArray(table, q + 11 * pitch);
      minusSame.add(high).intoArray(table, q + 12 * pitch);
      other.add(high).intoArray(table, q + 13 * pitch);
      minusOther.add(high).intoArray(table, q + 14 * pitch);
      same.add(high).intoArray(table, q + 15 * pitch);
    }
  }

  @Override
  public void add(int[] table, int[] entries, int from, int to, int[] sums, int sum) {
    IntVector s0 = IntVector.zero(INTS);
    IntVector s1 = IntVector.zero(INTS);
    IntVector s2 = IntVector.zero(INTS);
    IntVector s3 = IntVector.zero(INTS);
    IntVector s4 = IntVector.zero(INTS);
    IntVector s5 = IntVector.zero(INTS);
    IntVector s6 = IntVector.zero(INTS);
    IntVector s7 = IntVector.zero(INTS);
    for (int k = from; k < to; k++) {
      int p = entries[k];
      s0 = s0.add(IntVector.fromArray(INTS, table, p));
      s1 = s1.add(IntVector.fromArray(INTS, table, p + 8));
      s2 = s2.add(IntVector.fromArray(INTS, table, p + 16));
      s3 = s3.add(IntVector.fromArray(INTS, table, p + 24));
      s4 = s4.add(IntVector.fromArray(INTS, table, p + 32));
      s5 = s5.add(IntVector.fromArray(INTS, table, p + 40));
      s6 = s6.add(IntVector.fromArray(INTS, table, p + 48));
      s7 = s7.add(IntVector.fromArray(INTS, table, p + 56));
    }
    addBytes(s0, sums, sum);
    addBytes(s1, sums, sum + 8);
    addBytes(s2, sums, sum + 16);
    addBytes(s3, sums, sum + 24);
    addBytes(s4, sums, sum + 32);
    addBytes(s5, sums, sum + 40);
    addBytes(s6, sums, sum + 48);
    addBytes(s7, sums, sum + 56);
  }

  private static void addBytes(IntVector bytes, int[] sums, int at) {
    bytes.and(EVEN_BYTES).add(IntVector.fromArray(INTS, sums, at)).intoArray(sums, at);
    IntVector odd = bytes.lanewise(LSHR, 8).and(EVEN_BYTES);
    odd.add(IntVector.fromArray(INTS, sums, at + TILE)).intoArray(sums, at + TILE);
  }

  @Override
  public void add(float[] table, int[] entries, int from, int to, float[] sums, int sum) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, sum);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, sum + 8);
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, sum + 16);
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, sum + 24);
    FloatVector s4 = FloatVector.fromArray(FLOATS, sums, sum + 32);
    FloatVector s5 = FloatVector.fromArray(FLOATS, sums, sum + 40);
    FloatVector s6 = FloatVector.fromArray(FLOATS, sums, sum + 48);
    FloatVector s7 = FloatVector.fromArray(FLOATS, sums, sum + 56);
    for (int k = from; k < to; k++) {
      int p = entries[k];
      s0 = s0.add(FloatVector.fromArray(FLOATS, table, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, table, p + 8));
      s2 = s2.add(FloatVector.fromArray(FLOATS, table, p + 16));
      s3 = s3.add(FloatVector.fromArray(FLOATS, table, p + 24));
      s4 = s4.add(FloatVector.fromArray(FLOATS, table, p + 32));
      s5 = s5.add(FloatVector.fromArray(FLOATS, table, p + 40));
      s6 = s6.add(FloatVector.fromArray(FLOATS, table, p + 48));
      s7 = s7.add(FloatVector.fromArray(FLOATS, table, p + 56));
    }
    s0.intoArray(sums, sum);
    s1.intoArray(sums, sum + 8);
    s2.intoArray(sums, sum + 16);
    s3.intoArray(sums, sum + 24);
    s4.intoArray(sums, sum + 32);
    s5.intoArray(sums, sum + 40);
    s6.intoArray(sums, sum + 48);
    s7.intoArray(sums, sum + 56);
  }

  @Override
  public void gather(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum, int width) {
    switch (width) {
      case 16 -> gather16(x, base, rows, from, to, sums, sum);
      case 32 -> gather32(x, base, rows, from, to, sums, sum);
      case 48 -> gather48(x, base, rows, from, to, sums, sum);
      case 64 -> gather64(x, base, rows, from, to, sums, sum);
      case 96 -> gather96(x, base, rows, from, to, sums, sum);
      default -> plain.gather(x, base, rows, from, to, sums, sum, width);
    }
  }

  private static void gather16(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, sum);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, sum + 8);
    for (int k = from; k < to; k++) {
      int p = base + rows[k];
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, x, p + 8));
    }
    s0.intoArray(sums, sum);
    s1.intoArray(sums, sum + 8);
  }

  private static void gather32(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, sum);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, sum + 8);
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, sum + 16);
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, sum + 24);
    for (int k = from; k < to; k++) {
      int p = base + rows[k];
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      s2 = s2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      s3 = s3.add(FloatVector.fromArray(FLOATS, x, p + 24));
    }
    s0.intoArray(sums, sum);
    s1.intoArray(sums, sum + 8);
    s2.intoArray(sums, sum + 16);
    s3.intoArray(sums, sum + 24);
  }

  private static void gather48(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, sum);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, sum + 8);
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, sum + 16);
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, sum + 24);
    FloatVector s4 = FloatVector.fromArray(FLOATS, sums, sum + 32);
    FloatVector s5 = FloatVector.fromArray(FLOATS, sums, sum + 40);
    for (int k = from; k < to; k++) {
      int p = base + rows[k];
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      s2 = s2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      s3 = s3.add(FloatVector.fromArray(FLOATS, x, p + 24));
      s4 = s4.add(FloatVector.fromArray(FLOATS, x, p + 32));
      s5 = s5.add(FloatVector.fromArray(FLOATS, x, p + 40));
    }
    s0.intoArray(sums, sum);
    s1.intoArray(sums, sum + 8);
    s2.intoArray(sums, sum + 16);
    s3.intoArray(sums, sum + 24);
    s4.intoArray(sums, sum + 32);
    s5.intoArray(sums, sum + 40);
  }

  private static void gather64(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, sum);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, sum + 8);
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, sum + 16);
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, sum + 24);
    FloatVector s4 = FloatVector.fromArray(FLOATS, sums, sum + 32);
    FloatVector s5 = FloatVector.fromArray(FLOATS, sums, sum + 40);
    FloatVector s6 = FloatVector.fromArray(FLOATS, sums, sum + 48);
    FloatVector s7 = FloatVector.fromArray(FLOATS, sums, sum + 56);
    for (int k = from; k < to; k++) {
      int p = base + rows[k];
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      s2 = s2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      s3 = s3.add(FloatVector.fromArray(FLOATS, x, p + 24));
      s4 = s4.add(FloatVector.fromArray(FLOATS, x, p + 32));
      s5 = s5.add(FloatVector.fromArray(FLOATS, x, p + 40));
      s6 = s6.add(FloatVector.fromArray(FLOATS, x, p + 48));
      s7 = s7.add(FloatVector.fromArray(FLOATS, x, p + 56));
    }
    s0.intoArray(sums, sum);
    s1.intoArray(sums, sum + 8);
    s2.intoArray(sums, sum + 16);
    s3.intoArray(sums, sum + 24);
    s4.intoArray(sums, sum + 32);
    s5.intoArray(sums, sum + 40);
    s6.intoArray(sums, sum + 48);
    s7.intoArray(sums, sum + 56);
  }

  private static void gather96(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, sum);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, sum + 8);
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, sum + 16);
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, sum + 24);
    FloatVector s4 = FloatVector.fromArray(FLOATS, sums, sum + 32);
    FloatVector s5 = FloatVector.fromArray(FLOATS, sums, sum + 40);
    FloatVector s6 = FloatVector.fromArray(FLOATS, sums, sum + 48);
    FloatVector s7 = FloatVector.fromArray(FLOATS, sums, sum + 56);
    FloatVector s8 = FloatVector.fromArray(FLOATS, sums, sum + 64);
    FloatVector s9 = FloatVector.fromArray(FLOATS, sums, sum + 72);
    FloatVector s10 = FloatVector.fromArray(FLOATS, sums, sum + 80);
    FloatVector s11 = FloatVector.fromArray(FLOATS, sums, sum + 88);
    for (int k = from; k < to; k++) {
      int p = base + rows[k];
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      s2 = s2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      s3 = s3.add(FloatVector.fromArray(FLOATS, x, p + 24));
      s4 = s4.add(FloatVector.fromArray(FLOATS, x, p + 32));
      s5 = s5.add(FloatVector.fromArray(FLOATS, x, p + 40));
      s6 = s6.add(FloatVector.fromArray(FLOATS, x, p + 48));
      s7 = s7.add(FloatVector.fromArray(FLOATS, x, p + 56));
      s8 = s8.add(FloatVector.fromArray(FLOATS, x, p + 64));
      s9 = s9.add(FloatVector.fromArray(FLOATS, x, p + 72));
      s10 = s10.add(FloatVector.fromArray(FLOATS, x, p + 80));
      s11 = s11.add(FloatVector.fromArray(FLOATS, x, p + 88));
    }
    s0.intoArray(sums, sum);
    s1.intoArray(sums, sum + 8);
    s2.intoArray(sums, sum + 16);
    s3.intoArray(sums, sum + 24);
    s4.intoArray(sums, sum + 32);
    s5.intoArray(sums, sum + 40);
    s6.intoArray(sums, sum + 48);
    s7.intoArray(sums, sum + 56);
    s8.intoArray(sums, sum + 64);
    s9.intoArray(sums, sum + 72);
    s10.intoArray(sums, sum + 80);
    s11.intoArray(sums, sum + 88);
  }
}
