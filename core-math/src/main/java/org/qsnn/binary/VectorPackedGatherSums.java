package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.qsnn.binary.GatherSums.GatheredRows;

/** With the Vector API, written out for the reasons that {@link VectorTableSums} gives. */
final class VectorPackedGatherSums implements PackedGatherSums {
  private static final int HALF = Short.SIZE;

  private final PlainPackedGatherSums plain = new PlainPackedGatherSums();

  @Override
  public void gather(int[] x, GatheredRows where, int[] places, int from, int to, int[] sums) {
    if (where.rows() == 3 && where.width() % (3 * LANES) == 0) {
      gatherSquares(x, where, places, from, to, sums);
    } else if (where.rows() == 1 && where.width() % LANES == 0) {
      gatherRow(x, where, places, from, to, sums);
    } else {
      plain.gather(x, where, places, from, to, sums);
    }
  }

  private static void gatherRow(
      int[] x, GatheredRows where, int[] places, int from, int to, int[] sums) {
    for (int column = 0; column < where.width(); column += LANES) {
      int base = where.base() + column;
      IntVector s0 = IntVector.zero(INTS);
      for (int k = from; k < to; k++) {
        int p = (base + places[k]) & VectorTableSums.INDEX;
        s0 = s0.add(IntVector.fromArray(INTS, x, p));
      }
      s0.intoArray(sums, column);
    }
  }

  /** Three vectors of each of three rows at a time. */
  private static void gatherSquares(
      int[] x, GatheredRows where, int[] places, int from, int to, int[] sums) {
    int width = where.width();
    int pitch = where.pitch();
    for (int column = 0; column < width; column += 3 * LANES) {
      int base = where.base() + column;
      IntVector a0 = IntVector.zero(INTS);
      IntVector a1 = IntVector.zero(INTS);
      IntVector a2 = IntVector.zero(INTS);
      IntVector b0 = IntVector.zero(INTS);
      IntVector b1 = IntVector.zero(INTS);
      IntVector b2 = IntVector.zero(INTS);
      IntVector c0 = IntVector.zero(INTS);
      IntVector c1 = IntVector.zero(INTS);
      IntVector c2 = IntVector.zero(INTS);
      for (int k = from; k < to; k++) {
        int p = (base + places[k]) & VectorTableSums.INDEX;
        a0 = a0.add(IntVector.fromArray(INTS, x, p));
        a1 = a1.add(IntVector.fromArray(INTS, x, p + LANES));
        a2 = a2.add(IntVector.fromArray(INTS, x, p + 2 * LANES));
        p = (p + pitch) & VectorTableSums.INDEX;
        b0 = b0.add(IntVector.fromArray(INTS, x, p));
        b1 = b1.add(IntVector.fromArray(INTS, x, p + LANES));
        b2 = b2.add(IntVector.fromArray(INTS, x, p + 2 * LANES));
        p = (p + pitch) & VectorTableSums.INDEX;
        c0 = c0.add(IntVector.fromArray(INTS, x, p));
        c1 = c1.add(IntVector.fromArray(INTS, x, p + LANES));
        c2 = c2.add(IntVector.fromArray(INTS, x, p + 2 * LANES));
      }
      a0.intoArray(sums, column);
      a1.intoArray(sums, column + LANES);
      a2.intoArray(sums, column + 2 * LANES);
      b0.intoArray(sums, width + column);
      b1.intoArray(sums, width + column + LANES);
      b2.intoArray(sums, width + column + 2 * LANES);
      c0.intoArray(sums, 2 * width + column);
      c1.intoArray(sums, 2 * width + column + LANES);
      c2.intoArray(sums, 2 * width + column + 2 * LANES);
    }
  }

  @Override
  public void addTo(int[] packed, int length, float unit, float[] sums, int at) {
    for (int i = 0; i < length; i += LANES) {
      int to = at + 2 * i - i % COLUMNS;
      IntVector both = IntVector.fromArray(INTS, packed, i);
      IntVector low = both.lanewise(LSHL, HALF).lanewise(ASHR, HALF);
      IntVector high = both.sub(low).lanewise(ASHR, HALF);
      FloatVector first =
          low.add(PackedSums.ROUND_BITS).reinterpretAsFloats().sub(PackedSums.ROUND).mul(unit);
      FloatVector second =
          high.add(PackedSums.ROUND_BITS).reinterpretAsFloats().sub(PackedSums.ROUND).mul(unit);
      FloatVector.fromArray(FLOATS, sums, to).add(first).intoArray(sums, to);
      int other = to + COLUMNS;
      FloatVector.fromArray(FLOATS, sums, other).add(second).intoArray(sums, other);
    }
  }
}
