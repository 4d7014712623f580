package org.qsnn.tensor;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API: the lanes are those of four vectors, enough that each addition need not wait
 * for the one before.
 */
final class VectorReductions implements Reductions {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  @Override
  public double sum(float[] x, int from, int length) {
    int whole = length - length % LANES;
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    FloatVector c = FloatVector.zero(SPECIES);
    FloatVector d = FloatVector.zero(SPECIES);
    for (int i = from; i < from + whole; i += LANES) {
      a = a.add(FloatVector.fromArray(SPECIES, x, i));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + 8));
      c = c.add(FloatVector.fromArray(SPECIES, x, i + 16));
      d = d.add(FloatVector.fromArray(SPECIES, x, i + 24));
    }
    float[] lanes = lanes(a, b, c, d);
    PlainReductions.addSum(lanes, x, from, whole, length);
    return PlainReductions.total(lanes);
  }

  @Override
  public void moments(float[] x, int from, int length, float shift, double[] sums, int at) {
    int whole = length - length % LANES;
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    FloatVector c = FloatVector.zero(SPECIES);
    FloatVector d = FloatVector.zero(SPECIES);
    FloatVector aa = FloatVector.zero(SPECIES);
    FloatVector bb = FloatVector.zero(SPECIES);
    FloatVector cc = FloatVector.zero(SPECIES);
    FloatVector dd = FloatVector.zero(SPECIES);
    for (int i = from; i < from + whole; i += LANES) {
      FloatVector va = FloatVector.fromArray(SPECIES, x, i).sub(shift);
      FloatVector vb = FloatVector.fromArray(SPECIES, x, i + 8).sub(shift);
      FloatVector vc = FloatVector.fromArray(SPECIES, x, i + 16).sub(shift);
      FloatVector vd = FloatVector.fromArray(SPECIES, x, i + 24).sub(shift);
      a = a.add(va);
      b = b.add(vb);
      c = c.add(vc);
      d = d.add(vd);
      aa = aa.add(va.mul(va));
      bb = bb.add(vb.mul(vb));
      cc = cc.add(vc.mul(vc));
      dd = dd.add(vd.mul(vd));
    }
    float[] lanes = lanes(a, b, c, d);
    float[] squares = lanes(aa, bb, cc, dd);
    PlainReductions.addMoments(lanes, squares, x, from, whole, length, shift);
    sums[at] += PlainReductions.total(lanes);
    sums[at + 1] += PlainReductions.total(squares);
  }

  @Override
  public double product(float[] g, float[] x, int from, int length, float mean) {
    int whole = length - length % LANES;
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    FloatVector c = FloatVector.zero(SPECIES);
    FloatVector d = FloatVector.zero(SPECIES);
    for (int i = from; i < from + whole; i += LANES) {
      a = a.add(product(g, x, i, mean));
      b = b.add(product(g, x, i + 8, mean));
      c = c.add(product(g, x, i + 16, mean));
      d = d.add(product(g, x, i + 24, mean));
    }
    float[] lanes = lanes(a, b, c, d);
    PlainReductions.addProduct(lanes, g, x, from, whole, length, mean);
    return PlainReductions.total(lanes);
  }

  private static FloatVector product(float[] g, float[] x, int i, float mean) {
    FloatVector centered = FloatVector.fromArray(SPECIES, x, i).sub(mean);
    return FloatVector.fromArray(SPECIES, g, i).mul(centered);
  }

  @Override
  public float largestMagnitude(float[] x, int from, int length) {
    int whole = length - length % LANES;
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    FloatVector c = FloatVector.zero(SPECIES);
    FloatVector d = FloatVector.zero(SPECIES);
    for (int i = from; i < from + whole; i += LANES) {
      a = a.max(FloatVector.fromArray(SPECIES, x, i).lanewise(ABS));
      b = b.max(FloatVector.fromArray(SPECIES, x, i + 8).lanewise(ABS));
      c = c.max(FloatVector.fromArray(SPECIES, x, i + 16).lanewise(ABS));
      d = d.max(FloatVector.fromArray(SPECIES, x, i + 24).lanewise(ABS));
    }
    float largest = a.max(b).max(c.max(d)).reduceLanes(MAX);
    return PlainReductions.largest(x, from, whole, length, largest);
  }

  private static float[] lanes(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
    float[] lanes = new float[LANES];
    a.intoArray(lanes, 0);
    b.intoArray(lanes, 8);
    c.intoArray(lanes, 16);
    d.intoArray(lanes, 24);
    return lanes;
  }
}
