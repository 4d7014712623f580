package org.qsnn.optimize;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.qsnn.tensor.KernelVectors;

/**
 * With Java's Vector API: four rows of the target by two vectors stay in registers over all k, so
 * that each number that is loaded is used four times.
 */
final class VectorMatrixProduct implements MatrixProduct {
  private static final VectorSpecies<Float> FLOATS = KernelVectors.FLOATS;
  private static final int LANES = KernelVectors.LANES;
  private static final int ROWS = 4;

  @Override
  public void add(float[] target, Factors factors, float[] source, int length) {
    int whole = length / (2 * LANES) * (2 * LANES);
    int last = length / LANES * LANES;
    int row = 0;
    for (; row + ROWS <= factors.rows(); row += ROWS) {
      for (int i = 0; i < whole; i += 2 * LANES) {
        addTwo(target, row, factors, source, i, length);
      }
      if (whole < last) {
        addOne(target, row, factors, source, whole, length);
      }
      for (int r = row; last < length && r < row + ROWS; r++) {
        PlainMatrixProduct.addRow(target, r, factors, source, last, length, length);
      }
    }
    for (; row < factors.rows(); row++) {
      PlainMatrixProduct.addRow(target, row, factors, source, 0, length, length);
    }
  }

  private static void addTwo(
      float[] target, int row, Factors factors, float[] source, int i, int length) {
    float[] values = factors.values();
    int stride = factors.stride();
    int f0 = row * factors.rowStride();
    int f1 = f0 + factors.rowStride();
    int f2 = f1 + factors.rowStride();
    int f3 = f2 + factors.rowStride();
    int t0 = row * length + i;
    int t1 = t0 + length;
    int t2 = t1 + length;
    int t3 = t2 + length;
    FloatVector a0 = FloatVector.fromArray(FLOATS, target, t0);
    FloatVector b0 = FloatVector.fromArray(FLOATS, target, t0 + LANES);
    FloatVector a1 = FloatVector.fromArray(FLOATS, target, t1);
    FloatVector b1 = FloatVector.fromArray(FLOATS, target, t1 + LANES);
    FloatVector a2 = FloatVector.fromArray(FLOATS, target, t2);
    FloatVector b2 = FloatVector.fromArray(FLOATS, target, t2 + LANES);
    FloatVector a3 = FloatVector.fromArray(FLOATS, target, t3);
    FloatVector b3 = FloatVector.fromArray(FLOATS, target, t3 + LANES);
    for (int k = 0; k < factors.count(); k++) {
      FloatVector a = FloatVector.fromArray(FLOATS, source, k * length + i);
      FloatVector b = FloatVector.fromArray(FLOATS, source, k * length + i + LANES);
      FloatVector f = FloatVector.broadcast(FLOATS, values[f0 + k * stride]);
      a0 = f.fma(a, a0);
      b0 = f.fma(b, b0);
      f = FloatVector.broadcast(FLOATS, values[f1 + k * stride]);
      a1 = f.fma(a, a1);
      b1 = f.fma(b, b1);
      f = FloatVector.broadcast(FLOATS, values[f2 + k * stride]);
      a2 = f.fma(a, a2);
      b2 = f.fma(b, b2);
      f = FloatVector.broadcast(FLOATS, values[f3 + k * stride]);
      a3 = f.fma(a, a3);
      b3 = f.fma(b, b3);
    }
    a0.intoArray(target, t0);
    b0.intoArray(target, t0 + LANES);
    a1.intoArray(target, t1);
    b1.intoArray(target, t1 + LANES);
    a2.intoArray(target, t2);
    b2.intoArray(target, t2 + LANES);
    a3.intoArray(target, t3);
    b3.intoArray(target, t3 + LANES);
  }

  private static void addOne(
      float[] target, int row, Factors factors, float[] source, int i, int length) {
    float[] values = factors.values();
    int stride = factors.stride();
    int f0 = row * factors.rowStride();
    int f1 = f0 + factors.rowStride();
    int f2 = f1 + factors.rowStride();
    int f3 = f2 + factors.rowStride();
    int t0 = row * length + i;
    FloatVector a0 = FloatVector.fromArray(FLOATS, target, t0);
    FloatVector a1 = FloatVector.fromArray(FLOATS, target, t0 + length);
    FloatVector a2 = FloatVector.fromArray(FLOATS, target, t0 + 2 * length);
    FloatVector a3 = FloatVector.fromArray(FLOATS, target, t0 + 3 * length);
    for (int k = 0; k < factors.count(); k++) {
      FloatVector a = FloatVector.fromArray(FLOATS, source, k * length + i);
      a0 = a.fma(FloatVector.broadcast(FLOATS, values[f0 + k * stride]), a0);
      a1 = a.fma(FloatVector.broadcast(FLOATS, values[f1 + k * stride]), a1);
      a2 = a.fma(FloatVector.broadcast(FLOATS, values[f2 + k * stride]), a2);
      a3 = a.fma(FloatVector.broadcast(FLOATS, values[f3 + k * stride]), a3);
    }
    a0.intoArray(target, t0);
    a1.intoArray(target, t0 + length);
    a2.intoArray(target, t0 + 2 * length);
    a3.intoArray(target, t0 + 3 * length);
  }
}
