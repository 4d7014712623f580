package org.qsnn.layer;

import static org.qsnn.tensor.KernelVectors.FLOATS;

import jdk.incubator.vector.FloatVector;
import org.qsnn.tensor.KernelVectors;

/** With the Vector API, written out since vectors must not cross methods (decision 0014). */
final class VectorDirectSums implements DirectSums {
  private static final int WIDTH = KernelVectors.LANES;

  @Override
  public void add(Row row, float[] weights, int w, float[] sums, int at, int plane, int columns) {
    float[] x = row.x();
    int[] taps = row.taps();
    int count = taps.length;
    for (int i = 0; i < columns; i += WIDTH) {
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = FloatVector.zero(FLOATS);
      FloatVector s2 = FloatVector.zero(FLOATS);
      FloatVector s3 = FloatVector.zero(FLOATS);
      int from = row.from() + i;
      for (int t = 0; t < count; t++) {
        FloatVector value = FloatVector.fromArray(FLOATS, x, from + taps[t]);
        int weight = w + t;
        s0 = value.fma(FloatVector.broadcast(FLOATS, weights[weight]), s0);
        s1 = value.fma(FloatVector.broadcast(FLOATS, weights[weight + count]), s1);
        s2 = value.fma(FloatVector.broadcast(FLOATS, weights[weight + 2 * count]), s2);
        s3 = value.fma(FloatVector.broadcast(FLOATS, weights[weight + 3 * count]), s3);
      }
      s0.intoArray(sums, at + i);
      s1.intoArray(sums, at + plane + i);
      s2.intoArray(sums, at + 2 * plane + i);
      s3.intoArray(sums, at + 3 * plane + i);
    }
  }

  @Override
  public void addProducts(
      Row row, int pitch, int tap, float[] g, int at, int rows, int columns, float[] lanes) {
    float[] x = row.x();
    int[] taps = row.taps();
    int end = at + rows * columns;
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      int sum = tap * LANES + lane;
      FloatVector s0 = FloatVector.fromArray(FLOATS, lanes, sum);
      FloatVector s1 = FloatVector.fromArray(FLOATS, lanes, sum + LANES);
      FloatVector s2 = FloatVector.fromArray(FLOATS, lanes, sum + 2 * LANES);
      FloatVector s3 = FloatVector.fromArray(FLOATS, lanes, sum + 3 * LANES);
      FloatVector s4 = FloatVector.fromArray(FLOATS, lanes, sum + 4 * LANES);
      FloatVector s5 = FloatVector.fromArray(FLOATS, lanes, sum + 5 * LANES);
      int from = row.from() + lane;
      int column = 0;
      for (int i = at; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, g, i + lane);
        s0 = FloatVector.fromArray(FLOATS, x, from + taps[tap]).fma(v, s0);
        s1 = FloatVector.fromArray(FLOATS, x, from + taps[tap + 1]).fma(v, s1);
        s2 = FloatVector.fromArray(FLOATS, x, from + taps[tap + 2]).fma(v, s2);
        s3 = FloatVector.fromArray(FLOATS, x, from + taps[tap + 3]).fma(v, s3);
        s4 = FloatVector.fromArray(FLOATS, x, from + taps[tap + 4]).fma(v, s4);
        s5 = FloatVector.fromArray(FLOATS, x, from + taps[tap + 5]).fma(v, s5);
        column += LANES;
        from += column == columns ? LANES + pitch - columns : LANES;
        column = column == columns ? 0 : column;
      }
      s0.intoArray(lanes, sum);
      s1.intoArray(lanes, sum + LANES);
      s2.intoArray(lanes, sum + 2 * LANES);
      s3.intoArray(lanes, sum + 3 * LANES);
      s4.intoArray(lanes, sum + 4 * LANES);
      s5.intoArray(lanes, sum + 5 * LANES);
    }
  }
}
