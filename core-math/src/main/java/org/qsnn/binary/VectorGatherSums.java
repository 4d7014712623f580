package org.qsnn.binary;

import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;

/** With the Vector API, written out for the reasons that {@link VectorTableSums} gives. */
final class VectorGatherSums implements GatherSums {
  private final PlainGatherSums plain = new PlainGatherSums();

  @Override
  public void gather(
      float[] x, GatheredRows where, int[] places, int from, int to, float[] sums, int sum) {
    if (where.rows() == 3 && where.width() % (3 * LANES) == 0) {
      gatherSquares(x, where, places, from, to, sums, sum);
    } else if (where.rows() == 1 && where.width() % LANES == 0) {
      gatherRow(x, where, places, from, to, sums, sum);
    } else {
      plain.gather(x, where, places, from, to, sums, sum);
    }
  }

  private static void gatherRow(
      float[] x, GatheredRows where, int[] places, int from, int to, float[] sums, int sum) {
    for (int column = 0; column < where.width(); column += LANES) {
      int base = where.base() + column;
      int s = (sum + column) & VectorTableSums.INDEX;
      FloatVector s0 = FloatVector.fromArray(FLOATS, sums, s);
      for (int k = from; k < to; k++) {
        int p = (base + places[k]) & VectorTableSums.INDEX;
        s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      }
      s0.intoArray(sums, s);
    }
  }

  /** Three vectors of each of three rows at a time. */
  private static void gatherSquares(
      float[] x, GatheredRows where, int[] places, int from, int to, float[] sums, int sum) {
    int width = where.width();
    int pitch = where.pitch();
    for (int column = 0; column < width; column += 3 * LANES) {
      int base = where.base() + column;
      int a = (sum + column) & VectorTableSums.INDEX;
      int b = (a + width) & VectorTableSums.INDEX;
      int c = (b + width) & VectorTableSums.INDEX;
      FloatVector a0 = FloatVector.fromArray(FLOATS, sums, a);
      FloatVector a1 = FloatVector.fromArray(FLOATS, sums, a + LANES);
      FloatVector a2 = FloatVector.fromArray(FLOATS, sums, a + 2 * LANES);
      FloatVector b0 = FloatVector.fromArray(FLOATS, sums, b);
      FloatVector b1 = FloatVector.fromArray(FLOATS, sums, b + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, sums, b + 2 * LANES);
      FloatVector c0 = FloatVector.fromArray(FLOATS, sums, c);
      FloatVector c1 = FloatVector.fromArray(FLOATS, sums, c + LANES);
      FloatVector c2 = FloatVector.fromArray(FLOATS, sums, c + 2 * LANES);
      for (int k = from; k < to; k++) {
        int p = (base + places[k]) & VectorTableSums.INDEX;
        a0 = a0.add(FloatVector.fromArray(FLOATS, x, p));
        a1 = a1.add(FloatVector.fromArray(FLOATS, x, p + LANES));
        a2 = a2.add(FloatVector.fromArray(FLOATS, x, p + 2 * LANES));
        p = (p + pitch) & VectorTableSums.INDEX;
        b0 = b0.add(FloatVector.fromArray(FLOATS, x, p));
        b1 = b1.add(FloatVector.fromArray(FLOATS, x, p + LANES));
        b2 = b2.add(FloatVector.fromArray(FLOATS, x, p + 2 * LANES));
        p = (p + pitch) & VectorTableSums.INDEX;
        c0 = c0.add(FloatVector.fromArray(FLOATS, x, p));
        c1 = c1.add(FloatVector.fromArray(FLOATS, x, p + LANES));
        c2 = c2.add(FloatVector.fromArray(FLOATS, x, p + 2 * LANES));
      }
      a0.intoArray(sums, a);
      a1.intoArray(sums, a + LANES);
      a2.intoArray(sums, a + 2 * LANES);
      b0.intoArray(sums, b);
      b1.intoArray(sums, b + LANES);
      b2.intoArray(sums, b + 2 * LANES);
      c0.intoArray(sums, c);
      c1.intoArray(sums, c + LANES);
      c2.intoArray(sums, c + 2 * LANES);
    }
  }
}
