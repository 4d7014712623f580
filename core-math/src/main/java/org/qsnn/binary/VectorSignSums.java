package org.qsnn.binary;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API. Sums stay in registers while the entries are added; loops over several
 * vectors are written out, because the compiler keeps only named ones in registers.
 */
final class VectorSignSums implements SignSums {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private final PlainSignSums plain = new PlainSignSums();

  @Override
  public void tables(short[] x, int row, int stride, short[] table, int at, int pitch) {
    for (int i = 0; i < pitch; i += 16) {
      int p = row + i;
      ShortVector x0 = ShortVector.fromArray(SHORTS, x, p);
      ShortVector x1 = ShortVector.fromArray(SHORTS, x, p + stride);
      ShortVector x2 = ShortVector.fromArray(SHORTS, x, p + 2 * stride);
      ShortVector x3 = ShortVector.fromArray(SHORTS, x, p + 3 * stride);
      ShortVector same = x0.add(x1);
      ShortVector other = x0.sub(x1);
      ShortVector high = x2.add(x3);
      ShortVector mixed = x2.sub(x3);
      ShortVector minusSame = ShortVector.zero(SHORTS).sub(same);
      ShortVector minusOther = ShortVector.zero(SHORTS).sub(other);
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
  public void add(short[] table, int[] entries, int from, int to, short[] sums, int sum) {
    ShortVector s0 = ShortVector.fromArray(SHORTS, sums, sum);
    ShortVector s1 = ShortVector.fromArray(SHORTS, sums, sum + 16);
    ShortVector s2 = ShortVector.fromArray(SHORTS, sums, sum + 32);
    ShortVector s3 = ShortVector.fromArray(SHORTS, sums, sum + 48);
    ShortVector s4 = ShortVector.fromArray(SHORTS, sums, sum + 64);
    ShortVector s5 = ShortVector.fromArray(SHORTS, sums, sum + 80);
    ShortVector s6 = ShortVector.fromArray(SHORTS, sums, sum + 96);
    ShortVector s7 = ShortVector.fromArray(SHORTS, sums, sum + 112);
    for (int k = from; k < to; k++) {
      int p = entries[k];
      s0 = s0.add(ShortVector.fromArray(SHORTS, table, p));
      s1 = s1.add(ShortVector.fromArray(SHORTS, table, p + 16));
      s2 = s2.add(ShortVector.fromArray(SHORTS, table, p + 32));
      s3 = s3.add(ShortVector.fromArray(SHORTS, table, p + 48));
      s4 = s4.add(ShortVector.fromArray(SHORTS, table, p + 64));
      s5 = s5.add(ShortVector.fromArray(SHORTS, table, p + 80));
      s6 = s6.add(ShortVector.fromArray(SHORTS, table, p + 96));
      s7 = s7.add(ShortVector.fromArray(SHORTS, table, p + 112));
    }
    s0.intoArray(sums, sum);
    s1.intoArray(sums, sum + 16);
    s2.intoArray(sums, sum + 32);
    s3.intoArray(sums, sum + 48);
    s4.intoArray(sums, sum + 64);
    s5.intoArray(sums, sum + 80);
    s6.intoArray(sums, sum + 96);
    s7.intoArray(sums, sum + 112);
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
