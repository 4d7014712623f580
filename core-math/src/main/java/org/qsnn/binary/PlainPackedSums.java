package org.qsnn.binary;

import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.TableSums.TableColumns;

/** In plain Java. */
final class PlainPackedSums implements PackedSums {
  private static final int TERMS_OF_TABLE = 6;

  @Override
  public void copyRows(int[] x, int from, int[] y, int to, Rows rows) {
    for (int row = 0; row < rows.count(); row++) {
      System.arraycopy(
          x, from + row * rows.fromPitch(), y, to + row * rows.toPitch(), rows.length());
    }
  }

  @Override
  public void tables(int[] x, int[] table, TableColumns where) {
    signedTables(x, TableSums.GROUP, table, where);
  }

  @Override
  public void largeTables(int[] x, int[] table, TableColumns where) {
    signedTables(x, TableSums.LARGE_GROUP, table, where);
  }

  private static void signedTables(int[] x, int group, int[] table, TableColumns where) {
    int[] terms = new int[group];
    for (int i = 0; i < where.columns(); i++) {
      for (int k = 0; k < group; k++) {
        terms[k] = x[where.row() + k * where.rowPitch() + i];
      }
      entries(terms, table, where.at() + i, where.entryPitch());
    }
  }

  /** All signed sums in which the last term is positive. */
  private static void entries(int[] terms, int[] table, int at, int pitch) {
    int last = terms.length - 1;
    for (int e = 0; e < 1 << last; e++) {
      int sum = terms[last];
      for (int k = 0; k < last; k++) {
        sum += (e >> k & 1) == 1 ? terms[k] : -terms[k];
      }
      table[at + e * pitch] = sum;
    }
  }

  @Override
  public void table(int[] x, RowPair pair, int[] masks, int[] table, int at, int width) {
    int columns = pair.columns();
    int[] terms = new int[TERMS_OF_TABLE];
    int right = masks.length / 2;
    for (int i = 0; i < columns; i++) {
      for (int h = 0; h < 2; h++) {
        int p = pair.row() + h * pair.pitch() + i;
        terms[3 * h] = x[p - 1] & masks[pair.mask() + i];
        terms[3 * h + 1] = x[p];
        terms[3 * h + 2] = x[p + 1] & masks[right + pair.mask() + i];
      }
      entries(terms, table, at + i, width);
    }
  }

  @Override
  public void add(int[] table, int start, int[] entries, int from, int count, OutputRows rows) {
    int[] sums = rows.sums();
    for (int output = 0; output < rows.outputs(); output++) {
      int at = rows.at() + output * rows.pitch();
      int first = from + output * (1 + count) + 1;
      int turn = first + entries[first - 1];
      for (int k = first; k < first + count; k++) {
        int place = start + entries[k];
        int sign = k < turn ? 1 : -1;
        for (int i = 0; i < rows.width(); i++) {
          sums[at + i] += sign * table[place + i];
        }
      }
    }
  }

  @Override
  public void unpack(int[] packed, int from, int length, float unit, float[] y, int to, int pitch) {
    for (int i = 0; i < length; i++) {
      y[to + i] = PackedSums.low(packed[from + i]) * unit;
      y[to + pitch + i] = PackedSums.high(packed[from + i]) * unit;
    }
  }
}
