package org.qsnn.deploy;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SpikeCounts} with the population count of Java's vectors, from Java 19 on: sums of eight
 * vectors of neurons stay in registers over all columns, instead of being read and written again
 * for each few of them.
 */
final class VectorSpikeCounts {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Neurons whose sums are in registers at once. */
  private static final int BLOCK = 8 * LANES;

  /** By name, for Java 17 has no such operator; a constant, or the compiler makes calls of it. */
  private static final VectorOperators.Unary BIT_COUNT = bitCount();

  private VectorSpikeCounts() {}

  private static VectorOperators.Unary bitCount() {
    try {
      return (VectorOperators.Unary) VectorOperators.class.getField("BIT_COUNT").get(null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Whether this Java has the operator. */
  static boolean isThere() {
    return BIT_COUNT != null;
  }

  /** As {@link SpikeCounts#add}. */
  static void add(
      int[] sums, int length, int[][] columns, int first, int[] weights, int from, int count) {
    int whole = length / BLOCK * BLOCK;
    for (int i = 0; i < whole; i += BLOCK) {
      addBlock(sums, i, columns, first, weights, from, count);
    }
    for (int i = whole; i < length; i += LANES) {
      addVector(sums, i, length, columns, first, weights, from, count);
    }
  }

  private static void addBlock(
      int[] sums, int i, int[][] columns, int first, int[] weights, int from, int count) {
    IntVector sum0 = IntVector.fromArray(SPECIES, sums, i);
    IntVector sum1 = IntVector.fromArray(SPECIES, sums, i + LANES);
    IntVector sum2 = IntVector.fromArray(SPECIES, sums, i + 2 * LANES);
    IntVector sum3 = IntVector.fromArray(SPECIES, sums, i + 3 * LANES);
    IntVector sum4 = IntVector.fromArray(SPECIES, sums, i + 4 * LANES);
    IntVector sum5 = IntVector.fromArray(SPECIES, sums, i + 5 * LANES);
    IntVector sum6 = IntVector.fromArray(SPECIES, sums, i + 6 * LANES);
    IntVector sum7 = IntVector.fromArray(SPECIES, sums, i + 7 * LANES);
    for (int k = 0; k < count; k++) {
      int[] column = columns[first + k];
      IntVector weight = IntVector.broadcast(SPECIES, weights[from + k]);
      sum0 = sum0.add(IntVector.fromArray(SPECIES, column, i).and(weight).lanewise(BIT_COUNT));
      sum1 =
          sum1.add(IntVector.fromArray(SPECIES, column, i + LANES).and(weight).lanewise(BIT_COUNT));
      sum2 =
          sum2.add(
              IntVector.fromArray(SPECIES, column, i + 2 * LANES).and(weight).lanewise(BIT_COUNT));
      sum3 =
          sum3.add(
              IntVector.fromArray(SPECIES, column, i + 3 * LANES).and(weight).lanewise(BIT_COUNT));
      sum4 =
          sum4.add(
              IntVector.fromArray(SPECIES, column, i + 4 * LANES).and(weight).lanewise(BIT_COUNT));
      sum5 =
          sum5.add(
              IntVector.fromArray(SPECIES, column, i + 5 * LANES).and(weight).lanewise(BIT_COUNT));
      sum6 =
          sum6.add(
              IntVector.fromArray(SPECIES, column, i + 6 * LANES).and(weight).lanewise(BIT_COUNT));
      sum7 =
          sum7.add(
              IntVector.fromArray(SPECIES, column, i + 7 * LANES).and(weight).lanewise(BIT_COUNT));
    }
    sum0.intoArray(sums, i);
    sum1.intoArray(sums, i + LANES);
    sum2.intoArray(sums, i + 2 * LANES);
    sum3.intoArray(sums, i + 3 * LANES);
    sum4.intoArray(sums, i + 4 * LANES);
    sum5.intoArray(sums, i + 5 * LANES);
    sum6.intoArray(sums, i + 6 * LANES);
    sum7.intoArray(sums, i + 7 * LANES);
  }

  /** One vector, and of the last what there is of it. */
  private static void addVector(
      int[] sums,
      int i,
      int length,
      int[][] columns,
      int first,
      int[] weights,
      int from,
      int count) {
    VectorMask<Integer> there = SPECIES.indexInRange(i, length);
    IntVector sum = IntVector.fromArray(SPECIES, sums, i, there);
    for (int k = 0; k < count; k++) {
      IntVector spikes = IntVector.fromArray(SPECIES, columns[first + k], i, there);
      sum = sum.add(spikes.and(weights[from + k]).lanewise(BIT_COUNT));
    }
    sum.intoArray(sums, i, there);
  }
}
