package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * With the Vector API. Sums stay in registers while the entries are added; loops over several
 * vectors are written out, because the compiler keeps only named ones in registers. No vector is
 * handed to a method of our own or comes from one, and no method has more than about fifty
 * operations on vectors: what the compiler does not inline at once may make an object of every
 * vector (decision 0014).
 */
final class VectorTableSums implements TableSums {
  /** Added to an integer of either sign in a float, it leaves that integer in the low bits. */
  private static final float ROUND = 0x1.8p23f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** Twice a sum of 16 bits. */
  private static final int LOW_SUM = 0x1fffe;

  /** The lower bytes of the two halves of an int. */
  private static final int EVEN_BYTES = 0x00ff00ff;

  /**
   * What an index of a loop over several vectors is masked with. No bit of it is lost, but the
   * compiler learns that a few more do not overflow, and makes them part of the load's address.
   */
  static final int INDEX = (1 << 30) - 1;

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
  public void add(CountTerms terms, int at, int from, int to, int before, int sum) {
    int[] table = terms.table();
    int[] entries = terms.entries();
    int together = terms.together();
    int[] sums = terms.sums();
    IntVector evenBytes = IntVector.broadcast(INTS, EVEN_BYTES);
    for (int i = 0; i < TILE; i += 4 * LANES) {
      int b = (before + i) & INDEX;
      IntVector even0 = IntVector.fromArray(INTS, sums, b);
      IntVector even1 = IntVector.fromArray(INTS, sums, b + LANES);
      IntVector even2 = IntVector.fromArray(INTS, sums, b + 2 * LANES);
      IntVector even3 = IntVector.fromArray(INTS, sums, b + 3 * LANES);
      b = (b + TILE) & INDEX;
      IntVector odd0 = IntVector.fromArray(INTS, sums, b);
      IntVector odd1 = IntVector.fromArray(INTS, sums, b + LANES);
      IntVector odd2 = IntVector.fromArray(INTS, sums, b + 2 * LANES);
      IntVector odd3 = IntVector.fromArray(INTS, sums, b + 3 * LANES);
      int column = at + i;
      for (int first = from; first < to; first += together) {
        int end = Math.min(to, first + together);
        IntVector s0 = IntVector.zero(INTS);
        IntVector s1 = IntVector.zero(INTS);
        IntVector s2 = IntVector.zero(INTS);
        IntVector s3 = IntVector.zero(INTS);
        for (int k = first; k < end; k++) {
          int p = (column + entries[k]) & INDEX;
          s0 = s0.add(IntVector.fromArray(INTS, table, p));
          s1 = s1.add(IntVector.fromArray(INTS, table, p + LANES));
          s2 = s2.add(IntVector.fromArray(INTS, table, p + 2 * LANES));
          s3 = s3.add(IntVector.fromArray(INTS, table, p + 3 * LANES));
        }
        even0 = even0.add(s0.and(evenBytes));
        even1 = even1.add(s1.and(evenBytes));
        even2 = even2.add(s2.and(evenBytes));
        even3 = even3.add(s3.and(evenBytes));
        odd0 = odd0.add(s0.lanewise(LSHR, 8).and(evenBytes));
        odd1 = odd1.add(s1.lanewise(LSHR, 8).and(evenBytes));
        odd2 = odd2.add(s2.lanewise(LSHR, 8).and(evenBytes));
        odd3 = odd3.add(s3.lanewise(LSHR, 8).and(evenBytes));
      }
      int s = (sum + i) & INDEX;
      even0.intoArray(sums, s);
      even1.intoArray(sums, s + LANES);
      even2.intoArray(sums, s + 2 * LANES);
      even3.intoArray(sums, s + 3 * LANES);
      s = (s + TILE) & INDEX;
      odd0.intoArray(sums, s);
      odd1.intoArray(sums, s + LANES);
      odd2.intoArray(sums, s + 2 * LANES);
      odd3.intoArray(sums, s + 3 * LANES);
    }
  }

  @Override
  public void add(SignedTerms terms, int at, int from, int to, int before, int sum) {
    float[] table = terms.table();
    int[] places = terms.entries().places();
    float[] signs = terms.entries().signs();
    float[] sums = terms.sums();
    for (int i = 0; i < TILE; i += 4 * LANES) {
      int b = (before + i) & INDEX;
      int s = (sum + i) & INDEX;
      FloatVector s0 = FloatVector.fromArray(FLOATS, sums, b);
      FloatVector s1 = FloatVector.fromArray(FLOATS, sums, b + LANES);
      FloatVector s2 = FloatVector.fromArray(FLOATS, sums, b + 2 * LANES);
      FloatVector s3 = FloatVector.fromArray(FLOATS, sums, b + 3 * LANES);
      int column = at + i;
      for (int k = from; k < to; k++) {
        int p = (column + places[k]) & INDEX;
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
}
