package org.qsnn.tensor;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.MAX;
import static org.qsnn.tensor.KernelVectors.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * With the Vector API: two vectors are lanes, enough that an addition need not wait long for the
 * one before; of narrow vectors, half of the lanes at a time.
 *
 * <p>No vector is handed to a method of our own or comes from one: where the compiler does not
 * inline it, every vector of the loop becomes an object (decision 0014).
 */
final class VectorReductions implements Reductions {
  private static final int WIDTH = KernelVectors.LANES;

  @Override
  public double sum(float[] x, int from, int length) {
    int whole = length - length % LANES;
    float[] lanes = new float[LANES];
    for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
      FloatVector a = FloatVector.zero(FLOATS);
      FloatVector b = FloatVector.zero(FLOATS);
      for (int i = from + lane; i < from + whole; i += LANES) {
        a = a.add(FloatVector.fromArray(FLOATS, x, i));
        b = b.add(FloatVector.fromArray(FLOATS, x, i + WIDTH));
      }
      a.intoArray(lanes, lane);
      b.intoArray(lanes, lane + WIDTH);
    }
    PlainReductions.addSum(lanes, x, from, whole, length);
    return PlainReductions.total(lanes);
  }

  @Override
  public void moments(float[] x, int from, int length, float shift, double[] sums, int at) {
    int whole = length - length % LANES;
    float[] lanes = new float[LANES];
    float[] squares = new float[LANES];
    for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
      FloatVector a = FloatVector.zero(FLOATS);
      FloatVector b = FloatVector.zero(FLOATS);
      FloatVector aa = FloatVector.zero(FLOATS);
      FloatVector bb = FloatVector.zero(FLOATS);
      for (int i = from + lane; i < from + whole; i += LANES) {
        FloatVector va = FloatVector.fromArray(FLOATS, x, i).sub(shift);
        FloatVector vb = FloatVector.fromArray(FLOATS, x, i + WIDTH).sub(shift);
        a = a.add(va);
        b = b.add(vb);
        aa = aa.add(va.mul(va));
        bb = bb.add(vb.mul(vb));
      }
      a.intoArray(lanes, lane);
      b.intoArray(lanes, lane + WIDTH);
      aa.intoArray(squares, lane);
      bb.intoArray(squares, lane + WIDTH);
    }
    PlainReductions.addMoments(lanes, squares, x, from, whole, length, shift);
    sums[at] += PlainReductions.total(lanes);
    sums[at + 1] += PlainReductions.total(squares);
  }

  @Override
  public double product(float[] g, float[] x, int from, int length, float mean) {
    int whole = length - length % LANES;
    float[] lanes = new float[LANES];
    for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
      FloatVector a = FloatVector.zero(FLOATS);
      FloatVector b = FloatVector.zero(FLOATS);
      for (int i = from + lane; i < from + whole; i += LANES) {
        FloatVector da = FloatVector.fromArray(FLOATS, x, i).sub(mean);
        FloatVector db = FloatVector.fromArray(FLOATS, x, i + WIDTH).sub(mean);
        a = a.add(FloatVector.fromArray(FLOATS, g, i).mul(da));
        b = b.add(FloatVector.fromArray(FLOATS, g, i + WIDTH).mul(db));
      }
      a.intoArray(lanes, lane);
      b.intoArray(lanes, lane + WIDTH);
    }
    PlainReductions.addProduct(lanes, g, x, from, whole, length, mean);
    return PlainReductions.total(lanes);
  }

  @Override
  public float largestMagnitude(float[] x, int from, int length) {
    int whole = length - length % (2 * WIDTH);
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = FloatVector.zero(FLOATS);
    for (int i = from; i < from + whole; i += 2 * WIDTH) {
      a = a.max(FloatVector.fromArray(FLOATS, x, i).lanewise(ABS));
      b = b.max(FloatVector.fromArray(FLOATS, x, i + WIDTH).lanewise(ABS));
    }
    float largest = a.max(b).reduceLanes(MAX);
    return PlainReductions.largest(x, from, whole, length, largest);
  }
}
