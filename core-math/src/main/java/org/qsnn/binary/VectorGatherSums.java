package org.qsnn.binary;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API, written out and in long methods for the reasons that {@link VectorSignSums}
 * gives.
 */
final class VectorGatherSums implements GatherSums {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private final PlainGatherSums plain = new PlainGatherSums();

  @Override
  public void gather(
      float[] x, GatheredRows where, int[] places, int from, int to, float[] sums, int sum) {
    int base = where.base();
    if (where.rows() == 3 && where.width() == 48) {
      gather3x48(x, base, where.step(), places, from, to, sums, sum);
    } else if (where.rows() == 1 && where.width() == 32) {
      gather32(x, base, places, from, to, sums, sum);
    } else if (where.rows() == 1 && where.width() == 16) {
      gather16(x, base, places, from, to, sums, sum);
    } else {
      plain.gather(x, where, places, from, to, sums, sum);
    }
  }

  private static void gather16(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum) {
    int s = sum & VectorSignSums.INDEX;
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, s);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, s + 8);
    for (int k = from; k < to; k++) {
      int p = (base + rows[k]) & VectorSignSums.INDEX;
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, x, p + 8));
    }
    s0.intoArray(sums, s);
    s1.intoArray(sums, s + 8);
  }

  private static void gather32(
      float[] x, int base, int[] rows, int from, int to, float[] sums, int sum) {
    int s = sum & VectorSignSums.INDEX;
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, s);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, s + 8);
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, s + 16);
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, s + 24);
    for (int k = from; k < to; k++) {
      int p = (base + rows[k]) & VectorSignSums.INDEX;
      s0 = s0.add(FloatVector.fromArray(FLOATS, x, p));
      s1 = s1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      s2 = s2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      s3 = s3.add(FloatVector.fromArray(FLOATS, x, p + 24));
    }
    s0.intoArray(sums, s);
    s1.intoArray(sums, s + 8);
    s2.intoArray(sums, s + 16);
    s3.intoArray(sums, s + 24);
  }

  /** Nine taps of 16 output channels. */
  private static void gather3x48(
      float[] x, int base, int step, int[] rows, int from, int to, float[] sums, int sum) {
    int s = sum & VectorSignSums.INDEX;
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, s);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, s + 8);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, s + 16);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, s + 24);
    FloatVector a4 = FloatVector.fromArray(FLOATS, sums, s + 32);
    FloatVector a5 = FloatVector.fromArray(FLOATS, sums, s + 40);
    FloatVector b0 = FloatVector.fromArray(FLOATS, sums, s + 48);
    FloatVector b1 = FloatVector.fromArray(FLOATS, sums, s + 56);
    FloatVector b2 = FloatVector.fromArray(FLOATS, sums, s + 64);
    FloatVector b3 = FloatVector.fromArray(FLOATS, sums, s + 72);
    FloatVector b4 = FloatVector.fromArray(FLOATS, sums, s + 80);
    FloatVector b5 = FloatVector.fromArray(FLOATS, sums, s + 88);
    FloatVector c0 = FloatVector.fromArray(FLOATS, sums, s + 96);
    FloatVector c1 = FloatVector.fromArray(FLOATS, sums, s + 104);
    FloatVector c2 = FloatVector.fromArray(FLOATS, sums, s + 112);
    FloatVector c3 = FloatVector.fromArray(FLOATS, sums, s + 120);
    FloatVector c4 = FloatVector.fromArray(FLOATS, sums, s + 128);
    FloatVector c5 = FloatVector.fromArray(FLOATS, sums, s + 136);
    for (int k = from; k < to; k++) {
      int p = (base + rows[k]) & VectorSignSums.INDEX;
      a0 = a0.add(FloatVector.fromArray(FLOATS, x, p));
      a1 = a1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      a2 = a2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      a3 = a3.add(FloatVector.fromArray(FLOATS, x, p + 24));
      a4 = a4.add(FloatVector.fromArray(FLOATS, x, p + 32));
      a5 = a5.add(FloatVector.fromArray(FLOATS, x, p + 40));
      p = (p + step) & VectorSignSums.INDEX;
      b0 = b0.add(FloatVector.fromArray(FLOATS, x, p));
      b1 = b1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      b2 = b2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      b3 = b3.add(FloatVector.fromArray(FLOATS, x, p + 24));
      b4 = b4.add(FloatVector.fromArray(FLOATS, x, p + 32));
      b5 = b5.add(FloatVector.fromArray(FLOATS, x, p + 40));
      p = (p + step) & VectorSignSums.INDEX;
      c0 = c0.add(FloatVector.fromArray(FLOATS, x, p));
      c1 = c1.add(FloatVector.fromArray(FLOATS, x, p + 8));
      c2 = c2.add(FloatVector.fromArray(FLOATS, x, p + 16));
      c3 = c3.add(FloatVector.fromArray(FLOATS, x, p + 24));
      c4 = c4.add(FloatVector.fromArray(FLOATS, x, p + 32));
      c5 = c5.add(FloatVector.fromArray(FLOATS, x, p + 40));
    }
    a0.intoArray(sums, s);
    a1.intoArray(sums, s + 8);
    a2.intoArray(sums, s + 16);
    a3.intoArray(sums, s + 24);
    a4.intoArray(sums, s + 32);
    a5.intoArray(sums, s + 40);
    b0.intoArray(sums, s + 48);
    b1.intoArray(sums, s + 56);
    b2.intoArray(sums, s + 64);
    b3.intoArray(sums, s + 72);
    b4.intoArray(sums, s + 80);
    b5.intoArray(sums, s + 88);
    c0.intoArray(sums, s + 96);
    c1.intoArray(sums, s + 104);
    c2.intoArray(sums, s + 112);
    c3.intoArray(sums, s + 120);
    c4.intoArray(sums, s + 128);
    c5.intoArray(sums, s + 136);
  }
}
