package org.qsnn.binary;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** With the Vector API, written out for the reasons that {@link VectorTableSums} gives. */
final class VectorStochasticRounding implements StochasticRounding {
  private static final int HALF = Short.SIZE;

  private final PlainStochasticRounding plain = new PlainStochasticRounding();

  @Override
  public void magnitudes(Planes planes, float[] sums, int at, int[] largest) {
    if (planes.length() % LANES != 0) {
      plain.magnitudes(planes, sums, at, largest);
      return;
    }
    float[] x = planes.x();
    int length = planes.length();
    IntVector magnitudes = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    IntVector most = IntVector.fromArray(INTS, largest, 0);
    Arrays.fill(sums, at, at + length, 0f);
    for (int c = 0; c < planes.count(); c++) {
      int p = planes.from() + c * length;
      FloatVector factor = FloatVector.broadcast(FLOATS, planes.factors()[c]);
      for (int i = 0; i < length; i += LANES) {
        FloatVector magnitude =
            FloatVector.fromArray(FLOATS, x, p + i)
                .reinterpretAsInts()
                .and(magnitudes)
                .reinterpretAsFloats()
                .mul(factor);
        FloatVector.fromArray(FLOATS, sums, at + i).add(magnitude).intoArray(sums, at + i);
        most = most.max(magnitude.reinterpretAsInts());
      }
    }
    most.intoArray(largest, 0);
  }

  @Override
  public void round(
      float[] x, int low, int high, int length, float factor, int key, int[] y, int to) {
    IntVector weyl = IntVector.zero(INTS).addIndex(1).mul(WEYL);
    IntVector fraction = IntVector.broadcast(INTS, FRACTION);
    IntVector one = IntVector.broadcast(INTS, ONE);
    FloatVector middle = FloatVector.broadcast(FLOATS, 1.5f);
    FloatVector round = FloatVector.broadcast(FLOATS, PackedSums.ROUND);
    FloatVector factors = FloatVector.broadcast(FLOATS, factor);
    int whole = length - length % LANES;
    for (int i = 0; i < whole; i += LANES) {
      IntVector h = weyl.add(key + i * WEYL);
      h = h.lanewise(XOR, h.lanewise(LSHR, 16)).mul(MIX_FIRST);
      h = h.lanewise(XOR, h.lanewise(LSHR, 15)).mul(MIX_SECOND);
      h = h.lanewise(XOR, h.lanewise(LSHR, 16));
      FloatVector a = h.and(fraction).or(one).reinterpretAsFloats().sub(middle);
      FloatVector b = h.lanewise(LSHR, 9).or(one).reinterpretAsFloats().sub(middle);
      a = FloatVector.fromArray(FLOATS, x, low + i).mul(factors).add(a).add(round);
      b = FloatVector.fromArray(FLOATS, x, high + i).mul(factors).add(b).add(round);
      a.reinterpretAsInts()
          .add(b.reinterpretAsInts().lanewise(LSHL, HALF))
          .sub(PackedSums.ROUND_BITS)
          .intoArray(y, to + i);
    }
    for (int i = whole; i < length; i++) {
      int hash = StochasticRounding.hash(key, i);
      y[to + i] = StochasticRounding.rounded(x[low + i] * factor, x[high + i] * factor, hash);
    }
  }
}
