package org.qsnn.tensor;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** With the Vector API: a vector's elements are the lanes. */
final class VectorReductions implements Reductions {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  @Override
  public double sum(float[] x, int from, int length) {
    int whole = SPECIES.loopBound(length);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, from + i));
    }
    float[] lanes = lanes(sum);
    PlainReductions.addSum(lanes, x, from, whole, length);
    return PlainReductions.total(lanes);
  }

  @Override
  public double squares(float[] x, int from, int length, float mean) {
    int whole = SPECIES.loopBound(length);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
      sum = sum.add(d.mul(d));
    }
    float[] lanes = lanes(sum);
    PlainReductions.addSquares(lanes, x, from, whole, length, mean);
    return PlainReductions.total(lanes);
  }

  @Override
  public double product(float[] g, float[] x, int from, int length, float mean) {
    int whole = SPECIES.loopBound(length);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
      sum = sum.add(FloatVector.fromArray(SPECIES, g, from + i).mul(d));
    }
    float[] lanes = lanes(sum);
    PlainReductions.addProduct(lanes, g, x, from, whole, length, mean);
    return PlainReductions.total(lanes);
  }

  @Override
  public float largestMagnitude(float[] x, int from, int length) {
    int whole = SPECIES.loopBound(length);
    FloatVector largest = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector magnitude = FloatVector.fromArray(SPECIES, x, from + i).lanewise(ABS);
      largest = largest.max(magnitude);
    }
    return PlainReductions.largest(x, from, whole, length, largest.reduceLanes(MAX));
  }

  private static float[] lanes(FloatVector sum) {
    float[] lanes = new float[LANES];
    sum.intoArray(lanes, 0);
    return lanes;
  }
}
