package org.qsnn.tensor;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API: the lanes are those of four vectors, enough that each addition need not wait
 * for the one before.
 *
 * <p>No vector is handed to a method of our own or comes from one: where the compiler does not
 * inline it, every vector of the loop becomes an object. For the same reason loops are unrolled
 * until a method has more than 325 bytes of code: then the compiler does not take it into a caller
 * that is so large that its vectors would become objects there.
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
    int i = from;
    for (; i + 4 * LANES <= from + whole; i += 4 * LANES) {
      a = a.add(FloatVector.fromArray(SPECIES, x, i));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + 8));
      c = c.add(FloatVector.fromArray(SPECIES, x, i + 16));
      d = d.add(FloatVector.fromArray(SPECIES, x, i + 24));
      a = a.add(FloatVector.fromArray(SPECIES, x, i + 32));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + 40));
      c = c.add(FloatVector.fromArray(SPECIES, x, i + 48));
      d = d.add(FloatVector.fromArray(SPECIES, x, i + 56));
      a = a.add(FloatVector.fromArray(SPECIES, x, i + 64));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + 72));
      c = c.add(FloatVector.fromArray(SPECIES, x, i + 80));
      d = d.add(FloatVector.fromArray(SPECIES, x, i + 88));
      a = a.add(FloatVector.fromArray(SPECIES, x, i + 96));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + 104));
      c = c.add(FloatVector.fromArray(SPECIES, x, i + 112));
      d = d.add(FloatVector.fromArray(SPECIES, x, i + 120));
    }
    for (; i < from + whole; i += LANES) {
      a = a.add(FloatVector.fromArray(SPECIES, x, i));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + 8));
      c = c.add(FloatVector.fromArray(SPECIES, x, i + 16));
      d = d.add(FloatVector.fromArray(SPECIES, x, i + 24));
    }
    float[] lanes = new float[LANES];
    a.intoArray(lanes, 0);
    b.intoArray(lanes, 8);
    c.intoArray(lanes, 16);
    d.intoArray(lanes, 24);
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
    float[] lanes = new float[LANES];
    a.intoArray(lanes, 0);
    b.intoArray(lanes, 8);
    c.intoArray(lanes, 16);
    d.intoArray(lanes, 24);
    float[] squares = new float[LANES];
    aa.intoArray(squares, 0);
    bb.intoArray(squares, 8);
    cc.intoArray(squares, 16);
    dd.intoArray(squares, 24);
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
    int i = from;
    for (; i + 2 * LANES <= from + whole; i += 2 * LANES) {
      FloatVector a1 = FloatVector.fromArray(SPECIES, x, i).sub(mean);
      FloatVector b1 = FloatVector.fromArray(SPECIES, x, i + 8).sub(mean);
      FloatVector c1 = FloatVector.fromArray(SPECIES, x, i + 16).sub(mean);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, i + 24).sub(mean);
      a = a.add(FloatVector.fromArray(SPECIES, g, i).mul(a1));
      b = b.add(FloatVector.fromArray(SPECIES, g, i + 8).mul(b1));
      c = c.add(FloatVector.fromArray(SPECIES, g, i + 16).mul(c1));
      d = d.add(FloatVector.fromArray(SPECIES, g, i + 24).mul(d1));
      FloatVector a2 = FloatVector.fromArray(SPECIES, x, i + 32).sub(mean);
      FloatVector b2 = FloatVector.fromArray(SPECIES, x, i + 40).sub(mean);
      FloatVector c2 = FloatVector.fromArray(SPECIES, x, i + 48).sub(mean);
      FloatVector d2 = FloatVector.fromArray(SPECIES, x, i + 56).sub(mean);
      a = a.add(FloatVector.fromArray(SPECIES, g, i + 32).mul(a2));
      b = b.add(FloatVector.fromArray(SPECIES, g, i + 40).mul(b2));
      c = c.add(FloatVector.fromArray(SPECIES, g, i + 48).mul(c2));
      d = d.add(FloatVector.fromArray(SPECIES, g, i + 56).mul(d2));
    }
    for (; i < from + whole; i += LANES) {
      FloatVector a1 = FloatVector.fromArray(SPECIES, x, i).sub(mean);
      FloatVector b1 = FloatVector.fromArray(SPECIES, x, i + 8).sub(mean);
      FloatVector c1 = FloatVector.fromArray(SPECIES, x, i + 16).sub(mean);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, i + 24).sub(mean);
      a = a.add(FloatVector.fromArray(SPECIES, g, i).mul(a1));
      b = b.add(FloatVector.fromArray(SPECIES, g, i + 8).mul(b1));
      c = c.add(FloatVector.fromArray(SPECIES, g, i + 16).mul(c1));
      d = d.add(FloatVector.fromArray(SPECIES, g, i + 24).mul(d1));
    }
    float[] lanes = new float[LANES];
    a.intoArray(lanes, 0);
    b.intoArray(lanes, 8);
    c.intoArray(lanes, 16);
    d.intoArray(lanes, 24);
    PlainReductions.addProduct(lanes, g, x, from, whole, length, mean);
    return PlainReductions.total(lanes);
  }

  @Override
  public float largestMagnitude(float[] x, int from, int length) {
    int whole = length - length % LANES;
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    FloatVector c = FloatVector.zero(SPECIES);
    FloatVector d = FloatVector.zero(SPECIES);
    int i = from;
    for (; i + 2 * LANES <= from + whole; i += 2 * LANES) {
      a = a.max(FloatVector.fromArray(SPECIES, x, i).lanewise(ABS));
      b = b.max(FloatVector.fromArray(SPECIES, x, i + 8).lanewise(ABS));
      c = c.max(FloatVector.fromArray(SPECIES, x, i + 16).lanewise(ABS));
      d = d.max(FloatVector.fromArray(SPECIES, x, i + 24).lanewise(ABS));
      a = a.max(FloatVector.fromArray(SPECIES, x, i + 32).lanewise(ABS));
      b = b.max(FloatVector.fromArray(SPECIES, x, i + 40).lanewise(ABS));
      c = c.max(FloatVector.fromArray(SPECIES, x, i + 48).lanewise(ABS));
      d = d.max(FloatVector.fromArray(SPECIES, x, i + 56).lanewise(ABS));
    }
    for (; i < from + whole; i += LANES) {
      a = a.max(FloatVector.fromArray(SPECIES, x, i).lanewise(ABS));
      b = b.max(FloatVector.fromArray(SPECIES, x, i + 8).lanewise(ABS));
      c = c.max(FloatVector.fromArray(SPECIES, x, i + 16).lanewise(ABS));
      d = d.max(FloatVector.fromArray(SPECIES, x, i + 24).lanewise(ABS));
    }
    float largest = a.max(b).max(c.max(d)).reduceLanes(MAX);
    return PlainReductions.largest(x, from, whole, length, largest);
  }
}
