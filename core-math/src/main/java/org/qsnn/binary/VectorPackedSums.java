package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.IntVector;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.TableSums.TableColumns;

/** With the Vector API, written out for the reasons that {@link VectorTableSums} gives. */
final class VectorPackedSums implements PackedSums {
  private static final int HALF = Short.SIZE;

  /** A row so short that the call of a copy would take longer than the copy. */
  private static final int EIGHT = 8;

  private final PlainPackedSums plain = new PlainPackedSums();

  @Override
  public void copyRows(int[] x, int from, int[] y, int to, Rows rows) {
    int count = rows.count();
    int length = rows.length();
    int fromPitch = rows.fromPitch();
    int toPitch = rows.toPitch();
    int p = from;
    int q = to;
    if (length % LANES == 0) {
      for (int row = 0; row < count; row++) {
        for (int i = 0; i < length; i += LANES) {
          IntVector.fromArray(INTS, x, p + i).intoArray(y, q + i);
        }
        p += fromPitch;
        q += toPitch;
      }
    } else if (length % EIGHT == 0) {
      for (int row = 0; row < count; row++) {
        for (int i = 0; i < length; i += EIGHT) {
          for (int k = 0; k < EIGHT; k++) {
            y[q + i + k] = x[p + i + k];
          }
        }
        p += fromPitch;
        q += toPitch;
      }
    } else {
      plain.copyRows(x, from, y, to, rows);
    }
  }

  @Override
  public void tables(int[] x, int[] table, TableColumns where) {
    int rowPitch = where.rowPitch();
    int entryPitch = where.entryPitch();
    for (int i = 0; i < where.columns(); i += LANES) {
      int p = where.row() + i;
      IntVector x0 = IntVector.fromArray(INTS, x, p);
      IntVector x1 = IntVector.fromArray(INTS, x, p + rowPitch);
      IntVector x2 = IntVector.fromArray(INTS, x, p + 2 * rowPitch);
      IntVector x3 = IntVector.fromArray(INTS, x, p + 3 * rowPitch);
      IntVector same = x0.add(x1);
      IntVector other = x0.sub(x1);
      IntVector high = x2.add(x3);
      IntVector mixed = x3.sub(x2);
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
  public void largeTables(int[] x, int[] table, TableColumns where) {
    int row = where.row();
    int rowPitch = where.rowPitch();
    int entryPitch = where.entryPitch();
    int columns = where.columns();
    // The sums of four terms wait where the last entries will be.
    int terms = where.at() + 24 * entryPitch;
    tables(x, table, new TableColumns(row, rowPitch, columns, terms, entryPitch));
    for (int i = 0; i < columns; i += LANES) {
      int p = row + 4 * rowPitch + i;
      IntVector x4 = IntVector.fromArray(INTS, x, p);
      IntVector x5 = IntVector.fromArray(INTS, x, p + rowPitch);
      IntVector minus = x5.sub(x4);
      IntVector plus = x5.add(x4);
      int q = where.at() + i;
      for (int e = 0; e < 8; e++) {
        IntVector t = IntVector.fromArray(INTS, table, q + (24 + e) * entryPitch);
        minus.sub(t).intoArray(table, q + (7 - e) * entryPitch);
        minus.add(t).intoArray(table, q + (8 + e) * entryPitch);
        plus.sub(t).intoArray(table, q + (23 - e) * entryPitch);
        plus.add(t).intoArray(table, q + (24 + e) * entryPitch);
      }
    }
  }

  @Override
  public void table(int[] x, RowPair pair, int[] masks, int[] table, int at, int width) {
    int columns = pair.columns();
    int right = masks.length / 2;
    int p = pair.row();
    int r = p + pair.pitch();
    int m = pair.mask();
    // The sums of four terms wait where the last entries will be.
    int terms = at + 24 * width;
    for (int i = 0; i < columns; i += LANES) {
      IntVector left = IntVector.fromArray(INTS, masks, m + i);
      IntVector end = IntVector.fromArray(INTS, masks, right + m + i);
      IntVector x0 = IntVector.fromArray(INTS, x, p - 1 + i).and(left);
      IntVector x1 = IntVector.fromArray(INTS, x, p + i);
      IntVector x2 = IntVector.fromArray(INTS, x, p + 1 + i).and(end);
      IntVector x3 = IntVector.fromArray(INTS, x, r - 1 + i).and(left);
      IntVector same = x0.add(x1);
      IntVector other = x0.sub(x1);
      IntVector high = x2.add(x3);
      IntVector mixed = x3.sub(x2);
      int q = terms + i;
      mixed.sub(same).intoArray(table, q);
      mixed.add(other).intoArray(table, q + width);
      mixed.sub(other).intoArray(table, q + 2 * width);
      mixed.add(same).intoArray(table, q + 3 * width);
      high.sub(same).intoArray(table, q + 4 * width);
      high.add(other).intoArray(table, q + 5 * width);
      high.sub(other).intoArray(table, q + 6 * width);
      high.add(same).intoArray(table, q + 7 * width);
    }
    for (int i = 0; i < columns; i += LANES) {
      IntVector end = IntVector.fromArray(INTS, masks, right + m + i);
      IntVector x4 = IntVector.fromArray(INTS, x, r + i);
      IntVector x5 = IntVector.fromArray(INTS, x, r + 1 + i).and(end);
      IntVector minus = x5.sub(x4);
      IntVector plus = x5.add(x4);
      int q = at + i;
      for (int e = 0; e < 8; e++) {
        IntVector t = IntVector.fromArray(INTS, table, q + (24 + e) * width);
        minus.sub(t).intoArray(table, q + (7 - e) * width);
        minus.add(t).intoArray(table, q + (8 + e) * width);
        plus.sub(t).intoArray(table, q + (23 - e) * width);
        plus.add(t).intoArray(table, q + (24 + e) * width);
      }
    }
  }

  @Override
  public void add(int[] table, int start, int[] entries, int from, int count, OutputRows rows) {
    if (rows.width() % (4 * LANES) == 0) {
      for (int i = 0; i < rows.width(); i += 4 * LANES) {
        add4(table, start, entries, from, count, rows, i);
      }
    } else {
      add3(table, start, entries, from, count, rows, 0);
    }
  }

  /** Four vectors, from a column on. */
  private static void add4(
      int[] table, int start, int[] entries, int from, int count, OutputRows rows, int column) {
    int[] sums = rows.sums();
    int at = start + column;
    int first = from;
    for (int output = 0; output < rows.outputs(); output++) {
      int s = (rows.at() + output * rows.pitch() + column) & VectorTableSums.INDEX;
      IntVector s0 = IntVector.fromArray(INTS, sums, s);
      IntVector s1 = IntVector.fromArray(INTS, sums, s + LANES);
      IntVector s2 = IntVector.fromArray(INTS, sums, s + 2 * LANES);
      IntVector s3 = IntVector.fromArray(INTS, sums, s + 3 * LANES);
      int end = first + 1 + count;
      int turn = first + 1 + entries[first];
      for (int k = first + 1; k < turn; k++) {
        int p = (at + entries[k]) & VectorTableSums.INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, table, p));
        s1 = s1.add(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.add(IntVector.fromArray(INTS, table, p + 2 * LANES));
        s3 = s3.add(IntVector.fromArray(INTS, table, p + 3 * LANES));
      }
      for (int k = turn; k < end; k++) {
        int p = (at + entries[k]) & VectorTableSums.INDEX;
        s0 = s0.sub(IntVector.fromArray(INTS, table, p));
        s1 = s1.sub(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.sub(IntVector.fromArray(INTS, table, p + 2 * LANES));
        s3 = s3.sub(IntVector.fromArray(INTS, table, p + 3 * LANES));
      }
      first = end;
      s0.intoArray(sums, s);
      s1.intoArray(sums, s + LANES);
      s2.intoArray(sums, s + 2 * LANES);
      s3.intoArray(sums, s + 3 * LANES);
    }
  }

  /** As {@link #add4}, three vectors. */
  private static void add3(
      int[] table, int start, int[] entries, int from, int count, OutputRows rows, int column) {
    int[] sums = rows.sums();
    int at = start + column;
    int first = from;
    for (int output = 0; output < rows.outputs(); output++) {
      int s = (rows.at() + output * rows.pitch() + column) & VectorTableSums.INDEX;
      IntVector s0 = IntVector.fromArray(INTS, sums, s);
      IntVector s1 = IntVector.fromArray(INTS, sums, s + LANES);
      IntVector s2 = IntVector.fromArray(INTS, sums, s + 2 * LANES);
      int end = first + 1 + count;
      int turn = first + 1 + entries[first];
      for (int k = first + 1; k < turn; k++) {
        int p = (at + entries[k]) & VectorTableSums.INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, table, p));
        s1 = s1.add(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.add(IntVector.fromArray(INTS, table, p + 2 * LANES));
      }
      for (int k = turn; k < end; k++) {
        int p = (at + entries[k]) & VectorTableSums.INDEX;
        s0 = s0.sub(IntVector.fromArray(INTS, table, p));
        s1 = s1.sub(IntVector.fromArray(INTS, table, p + LANES));
        s2 = s2.sub(IntVector.fromArray(INTS, table, p + 2 * LANES));
      }
      first = end;
      s0.intoArray(sums, s);
      s1.intoArray(sums, s + LANES);
      s2.intoArray(sums, s + 2 * LANES);
    }
  }

  @Override
  public void unpack(int[] packed, int from, int length, float unit, float[] y, int to, int pitch) {
    int whole = length - length % LANES;
    for (int i = 0; i < whole; i += LANES) {
      IntVector both = IntVector.fromArray(INTS, packed, from + i);
      IntVector a = both.lanewise(LSHL, HALF).lanewise(ASHR, HALF);
      IntVector b = both.sub(a).lanewise(ASHR, HALF);
      int q = to + i;
      a.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND).mul(unit).intoArray(y, q);
      b.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND).mul(unit).intoArray(y, q + pitch);
    }
    plain.unpack(packed, from + whole, length - whole, unit, y, to + whole, pitch);
  }
}
