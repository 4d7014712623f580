package org.qsnn.binary;

import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;

/** With the Vector API, written out for the reasons that {@link VectorTableSums} gives. */
final class VectorRowSums implements RowSums {
  @Override
  public void table(float[] x, RowPair pair, float[] masks, float[] table, int at, int width) {
    int columns = pair.columns();
    int right = masks.length / 2;
    int p = pair.row();
    int r = p + pair.pitch();
    int m = pair.mask();
    // The sums of four terms wait where the last entries will be.
    int terms = at + 24 * width;
    for (int i = 0; i < columns; i += LANES) {
      FloatVector left = FloatVector.fromArray(FLOATS, masks, m + i);
      FloatVector end = FloatVector.fromArray(FLOATS, masks, right + m + i);
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, p - 1 + i).mul(left);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, p + i);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, p + 1 + i).mul(end);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, r - 1 + i).mul(left);
      FloatVector same = x0.add(x1);
      FloatVector other = x0.sub(x1);
      FloatVector high = x2.add(x3);
      FloatVector mixed = x3.sub(x2);
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
      FloatVector end = FloatVector.fromArray(FLOATS, masks, right + m + i);
      FloatVector x4 = FloatVector.fromArray(FLOATS, x, r + i);
      FloatVector x5 = FloatVector.fromArray(FLOATS, x, r + 1 + i).mul(end);
      FloatVector minus = x5.sub(x4);
      FloatVector plus = x5.add(x4);
      int q = at + i;
      for (int e = 0; e < 8; e++) {
        FloatVector t = FloatVector.fromArray(FLOATS, table, q + (24 + e) * width);
        minus.sub(t).intoArray(table, q + (7 - e) * width);
        minus.add(t).intoArray(table, q + (8 + e) * width);
        plus.sub(t).intoArray(table, q + (23 - e) * width);
        plus.add(t).intoArray(table, q + (24 + e) * width);
      }
    }
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void add(float[] table, Entries entries, int from, int count, SumRows rows) {
    if (rows.width() == WIDE * LANES) {
      add4(table, entries, from, count, rows);
    } else {
      add3(table, entries, from, count, rows);
    }
  }

  private static void add4(float[] table, Entries entries, int from, int count, SumRows rows) {
    int[] places = entries.places();
    float[] signs = entries.signs();
    float[] sums = rows.sums();
    int pitch = rows.pitch();
    for (int output = 0; output < rows.outputs(); output++) {
      int above = (rows.at() + output * 4 * LANES) & VectorTableSums.INDEX;
      int here = (above + pitch) & VectorTableSums.INDEX;
      int below = (here + pitch) & VectorTableSums.INDEX;
      FloatVector a0 = FloatVector.fromArray(FLOATS, sums, above);
      FloatVector a1 = FloatVector.fromArray(FLOATS, sums, above + LANES);
      FloatVector a2 = FloatVector.fromArray(FLOATS, sums, above + 2 * LANES);
      FloatVector a3 = FloatVector.fromArray(FLOATS, sums, above + 3 * LANES);
      FloatVector b0 = FloatVector.fromArray(FLOATS, sums, here);
      FloatVector b1 = FloatVector.fromArray(FLOATS, sums, here + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, sums, here + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(FLOATS, sums, here + 3 * LANES);
      FloatVector c0 = FloatVector.fromArray(FLOATS, sums, below);
      FloatVector c1 = FloatVector.fromArray(FLOATS, sums, below + LANES);
      FloatVector c2 = FloatVector.fromArray(FLOATS, sums, below + 2 * LANES);
      FloatVector c3 = FloatVector.fromArray(FLOATS, sums, below + 3 * LANES);
      int first = from + output * count;
      for (int group = 0; group < count / 3; group++) {
        int k = first + 3 * group;
        int p = places[k] & VectorTableSums.INDEX;
        FloatVector sign = FloatVector.broadcast(FLOATS, signs[k]);
        a0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, a0);
        a1 = FloatVector.fromArray(FLOATS, table, p + LANES).fma(sign, a1);
        a2 = FloatVector.fromArray(FLOATS, table, p + 2 * LANES).fma(sign, a2);
        a3 = FloatVector.fromArray(FLOATS, table, p + 3 * LANES).fma(sign, a3);
        p = places[k + 1] & VectorTableSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 1]);
        b0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, b0);
        b1 = FloatVector.fromArray(FLOATS, table, p + LANES).fma(sign, b1);
        b2 = FloatVector.fromArray(FLOATS, table, p + 2 * LANES).fma(sign, b2);
        b3 = FloatVector.fromArray(FLOATS, table, p + 3 * LANES).fma(sign, b3);
        p = places[k + 2] & VectorTableSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 2]);
        c0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, c0);
        c1 = FloatVector.fromArray(FLOATS, table, p + LANES).fma(sign, c1);
        c2 = FloatVector.fromArray(FLOATS, table, p + 2 * LANES).fma(sign, c2);
        c3 = FloatVector.fromArray(FLOATS, table, p + 3 * LANES).fma(sign, c3);
      }
      a0.intoArray(sums, above);
      a1.intoArray(sums, above + LANES);
      a2.intoArray(sums, above + 2 * LANES);
      a3.intoArray(sums, above + 3 * LANES);
      b0.intoArray(sums, here);
      b1.intoArray(sums, here + LANES);
      b2.intoArray(sums, here + 2 * LANES);
      b3.intoArray(sums, here + 3 * LANES);
      c0.intoArray(sums, below);
      c1.intoArray(sums, below + LANES);
      c2.intoArray(sums, below + 2 * LANES);
      c3.intoArray(sums, below + 3 * LANES);
    }
  }

  private static void add3(float[] table, Entries entries, int from, int count, SumRows rows) {
    int[] places = entries.places();
    float[] signs = entries.signs();
    float[] sums = rows.sums();
    int pitch = rows.pitch();
    for (int output = 0; output < rows.outputs(); output++) {
      int above = (rows.at() + output * 3 * LANES) & VectorTableSums.INDEX;
      int here = (above + pitch) & VectorTableSums.INDEX;
      int below = (here + pitch) & VectorTableSums.INDEX;
      FloatVector a0 = FloatVector.fromArray(FLOATS, sums, above);
      FloatVector a1 = FloatVector.fromArray(FLOATS, sums, above + LANES);
      FloatVector a2 = FloatVector.fromArray(FLOATS, sums, above + 2 * LANES);
      FloatVector b0 = FloatVector.fromArray(FLOATS, sums, here);
      FloatVector b1 = FloatVector.fromArray(FLOATS, sums, here + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, sums, here + 2 * LANES);
      FloatVector c0 = FloatVector.fromArray(FLOATS, sums, below);
      FloatVector c1 = FloatVector.fromArray(FLOATS, sums, below + LANES);
      FloatVector c2 = FloatVector.fromArray(FLOATS, sums, below + 2 * LANES);
      int first = from + output * count;
      for (int group = 0; group < count / 3; group++) {
        int k = first + 3 * group;
        int p = places[k] & VectorTableSums.INDEX;
        FloatVector sign = FloatVector.broadcast(FLOATS, signs[k]);
        a0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, a0);
        a1 = FloatVector.fromArray(FLOATS, table, p + LANES).fma(sign, a1);
        a2 = FloatVector.fromArray(FLOATS, table, p + 2 * LANES).fma(sign, a2);
        p = places[k + 1] & VectorTableSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 1]);
        b0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, b0);
        b1 = FloatVector.fromArray(FLOATS, table, p + LANES).fma(sign, b1);
        b2 = FloatVector.fromArray(FLOATS, table, p + 2 * LANES).fma(sign, b2);
        p = places[k + 2] & VectorTableSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 2]);
        c0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, c0);
        c1 = FloatVector.fromArray(FLOATS, table, p + LANES).fma(sign, c1);
        c2 = FloatVector.fromArray(FLOATS, table, p + 2 * LANES).fma(sign, c2);
      }
      a0.intoArray(sums, above);
      a1.intoArray(sums, above + LANES);
      a2.intoArray(sums, above + 2 * LANES);
      b0.intoArray(sums, here);
      b1.intoArray(sums, here + LANES);
      b2.intoArray(sums, here + 2 * LANES);
      c0.intoArray(sums, below);
      c1.intoArray(sums, below + LANES);
      c2.intoArray(sums, below + 2 * LANES);
    }
  }
}
