package org.qsnn.binary;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API, written out and in long methods for the reasons that {@link VectorSignSums}
 * gives.
 */
final class VectorRowSums implements RowSums {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  @Override
  public void table(
      float[] x, RowPair pair, float[] factors, float[] masks, float[] table, int at, int width) {
    float first = factors[pair.factor()];
    float second = factors[pair.factor() + 1];
    int right = masks.length / 2;
    for (int i = 0; i < width; i += 8) {
      int p = pair.row() + i;
      int r = p + pair.stride();
      FloatVector left = FloatVector.fromArray(FLOATS, masks, pair.mask() + i);
      FloatVector end = FloatVector.fromArray(FLOATS, masks, right + pair.mask() + i);
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, p - 1).mul(left.mul(first));
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, p).mul(first);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, p + 1).mul(end.mul(first));
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, r - 1).mul(left.mul(second));
      FloatVector x4 = FloatVector.fromArray(FLOATS, x, r).mul(second);
      FloatVector x5 = FloatVector.fromArray(FLOATS, x, r + 1).mul(end.mul(second));
      FloatVector same = x0.add(x1);
      FloatVector other = x0.sub(x1);
      FloatVector high = x2.add(x3);
      FloatVector mixed = x3.sub(x2);
      // The sums of the first four terms with the fourth's sign plus, in order.
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
      int q = at + i;
      minus.sub(t7).intoArray(table, q);
      minus.sub(t6).intoArray(table, q + width);
      minus.sub(t5).intoArray(table, q + 2 * width);
      minus.sub(t4).intoArray(table, q + 3 * width);
      minus.sub(t3).intoArray(table, q + 4 * width);
      minus.sub(t2).intoArray(table, q + 5 * width);
      minus.sub(t1).intoArray(table, q + 6 * width);
      minus.sub(t0).intoArray(table, q + 7 * width);
      minus.add(t0).intoArray(table, q + 8 * width);
      minus.add(t1).intoArray(table, q + 9 * width);
      minus.add(t2).intoArray(table, q + 10 * width);
      minus.add(t3).intoArray(table, q + 11 * width);
      minus.add(t4).intoArray(table, q + 12 * width);
      minus.add(t5).intoArray(table, q + 13 * width);
      minus.add(t6).intoArray(table, q + 14 * width);
      minus.add(t7).intoArray(table, q + 15 * width);
      plus.sub(t7).intoArray(table, q + 16 * width);
      plus.sub(t6).intoArray(table, q + 17 * width);
      plus.sub(t5).intoArray(table, q + 18 * width);
      plus.sub(t4).intoArray(table, q + 19 * width);
      plus.sub(t3).intoArray(table, q + 20 * width);
      plus.sub(t2).intoArray(table, q + 21 * width);
      plus.sub(t1).intoArray(table, q + 22 * width);
      plus.sub(t0).intoArray(table, q + 23 * width);
      plus.add(t0).intoArray(table, q + 24 * width);
      plus.add(t1).intoArray(table, q + 25 * width);
      plus.add(t2).intoArray(table, q + 26 * width);
      plus.add(t3).intoArray(table, q + 27 * width);
      plus.add(t4).intoArray(table, q + 28 * width);
      plus.add(t5).intoArray(table, q + 29 * width);
      plus.add(t6).intoArray(table, q + 30 * width);
      plus.add(t7).intoArray(table, q + 31 * width);
    }
  }

  @Override
  public void add(
      float[] table,
      int[] entries,
      float[] signs,
      int from,
      int count,
      int outputs,
      float[] sums,
      int sum,
      int stride,
      int width) {
    if (width == WIDE) {
      add32(table, entries, signs, from, count, outputs, sums, sum, stride);
    } else {
      add24(table, entries, signs, from, count, outputs, sums, sum, stride);
    }
  }

  private static void add32(
      float[] table,
      int[] entries,
      float[] signs,
      int from,
      int count,
      int outputs,
      float[] sums,
      int sum,
      int stride) {
    for (int output = 0; output < outputs; output++) {
      int above = (sum + output * 32) & VectorSignSums.INDEX;
      int here = (above + stride) & VectorSignSums.INDEX;
      int below = (here + stride) & VectorSignSums.INDEX;
      FloatVector a0 = FloatVector.fromArray(FLOATS, sums, above);
      FloatVector a1 = FloatVector.fromArray(FLOATS, sums, above + 8);
      FloatVector a2 = FloatVector.fromArray(FLOATS, sums, above + 16);
      FloatVector a3 = FloatVector.fromArray(FLOATS, sums, above + 24);
      FloatVector b0 = FloatVector.fromArray(FLOATS, sums, here);
      FloatVector b1 = FloatVector.fromArray(FLOATS, sums, here + 8);
      FloatVector b2 = FloatVector.fromArray(FLOATS, sums, here + 16);
      FloatVector b3 = FloatVector.fromArray(FLOATS, sums, here + 24);
      FloatVector c0 = FloatVector.fromArray(FLOATS, sums, below);
      FloatVector c1 = FloatVector.fromArray(FLOATS, sums, below + 8);
      FloatVector c2 = FloatVector.fromArray(FLOATS, sums, below + 16);
      FloatVector c3 = FloatVector.fromArray(FLOATS, sums, below + 24);
      int first = from + output * count;
      for (int group = 0; group < count / 3; group++) {
        int k = first + 3 * group;
        int p = entries[k] & VectorSignSums.INDEX;
        FloatVector sign = FloatVector.broadcast(FLOATS, signs[k]);
        a0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, a0);
        a1 = FloatVector.fromArray(FLOATS, table, p + 8).fma(sign, a1);
        a2 = FloatVector.fromArray(FLOATS, table, p + 16).fma(sign, a2);
        a3 = FloatVector.fromArray(FLOATS, table, p + 24).fma(sign, a3);
        p = entries[k + 1] & VectorSignSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 1]);
        b0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, b0);
        b1 = FloatVector.fromArray(FLOATS, table, p + 8).fma(sign, b1);
        b2 = FloatVector.fromArray(FLOATS, table, p + 16).fma(sign, b2);
        b3 = FloatVector.fromArray(FLOATS, table, p + 24).fma(sign, b3);
        p = entries[k + 2] & VectorSignSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 2]);
        c0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, c0);
        c1 = FloatVector.fromArray(FLOATS, table, p + 8).fma(sign, c1);
        c2 = FloatVector.fromArray(FLOATS, table, p + 16).fma(sign, c2);
        c3 = FloatVector.fromArray(FLOATS, table, p + 24).fma(sign, c3);
      }
      a0.intoArray(sums, above);
      a1.intoArray(sums, above + 8);
      a2.intoArray(sums, above + 16);
      a3.intoArray(sums, above + 24);
      b0.intoArray(sums, here);
      b1.intoArray(sums, here + 8);
      b2.intoArray(sums, here + 16);
      b3.intoArray(sums, here + 24);
      c0.intoArray(sums, below);
      c1.intoArray(sums, below + 8);
      c2.intoArray(sums, below + 16);
      c3.intoArray(sums, below + 24);
    }
  }

  private static void add24(
      float[] table,
      int[] entries,
      float[] signs,
      int from,
      int count,
      int outputs,
      float[] sums,
      int sum,
      int stride) {
    for (int output = 0; output < outputs; output++) {
      int above = (sum + output * 24) & VectorSignSums.INDEX;
      int here = (above + stride) & VectorSignSums.INDEX;
      int below = (here + stride) & VectorSignSums.INDEX;
      FloatVector a0 = FloatVector.fromArray(FLOATS, sums, above);
      FloatVector a1 = FloatVector.fromArray(FLOATS, sums, above + 8);
      FloatVector a2 = FloatVector.fromArray(FLOATS, sums, above + 16);
      FloatVector b0 = FloatVector.fromArray(FLOATS, sums, here);
      FloatVector b1 = FloatVector.fromArray(FLOATS, sums, here + 8);
      FloatVector b2 = FloatVector.fromArray(FLOATS, sums, here + 16);
      FloatVector c0 = FloatVector.fromArray(FLOATS, sums, below);
      FloatVector c1 = FloatVector.fromArray(FLOATS, sums, below + 8);
      FloatVector c2 = FloatVector.fromArray(FLOATS, sums, below + 16);
      int first = from + output * count;
      for (int group = 0; group < count / 3; group++) {
        int k = first + 3 * group;
        int p = entries[k] & VectorSignSums.INDEX;
        FloatVector sign = FloatVector.broadcast(FLOATS, signs[k]);
        a0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, a0);
        a1 = FloatVector.fromArray(FLOATS, table, p + 8).fma(sign, a1);
        a2 = FloatVector.fromArray(FLOATS, table, p + 16).fma(sign, a2);
        p = entries[k + 1] & VectorSignSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 1]);
        b0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, b0);
        b1 = FloatVector.fromArray(FLOATS, table, p + 8).fma(sign, b1);
        b2 = FloatVector.fromArray(FLOATS, table, p + 16).fma(sign, b2);
        p = entries[k + 2] & VectorSignSums.INDEX;
        sign = FloatVector.broadcast(FLOATS, signs[k + 2]);
        c0 = FloatVector.fromArray(FLOATS, table, p).fma(sign, c0);
        c1 = FloatVector.fromArray(FLOATS, table, p + 8).fma(sign, c1);
        c2 = FloatVector.fromArray(FLOATS, table, p + 16).fma(sign, c2);
      }
      a0.intoArray(sums, above);
      a1.intoArray(sums, above + 8);
      a2.intoArray(sums, above + 16);
      b0.intoArray(sums, here);
      b1.intoArray(sums, here + 8);
      b2.intoArray(sums, here + 16);
      c0.intoArray(sums, below);
      c1.intoArray(sums, below + 8);
      c2.intoArray(sums, below + 16);
    }
  }
}
