package org.qsnn.deploy;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SpikeCounts} with the population count of Java's vectors, from Java 19 on: sums stay in
 * registers over all columns, instead of being read and written again for each few of them, and
 * {@value Patches#CHANNELS} channels read each column once.
 */
final class VectorSpikeCounts {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Neurons of each channel whose sums are in registers at once. */
  private static final int BLOCK = 2 * LANES;

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

  /**
   * {@code 2 · Σ_k |weights[from + c · count + k] ∧ columns[first + k]| − spikes} of each channel
   * c.
   */
  static void sums(
      int[][] sums,
      int[] spikes,
      int length,
      int[][] columns,
      int first,
      int[] weights,
      int from,
      int count) {
    int whole = length / BLOCK * BLOCK;
    for (int i = 0; i < whole; i += BLOCK) {
      sumBlock(sums, spikes, i, columns, first, weights, from, count);
    }
    for (int i = whole; i < length; i += LANES) {
      VectorMask<Integer> there = SPECIES.indexInRange(i, length);
      for (int c = 0; c < Patches.CHANNELS; c++) {
        sumVector(sums[c], spikes, i, there, columns, first, weights, from + c * count, count);
      }
    }
  }

  private static void sumBlock(
      int[][] sums,
      int[] spikes,
      int i,
      int[][] columns,
      int first,
      int[] weights,
      int from,
      int count) {
    IntVector a0 = IntVector.zero(SPECIES);
    IntVector a1 = IntVector.zero(SPECIES);
    IntVector b0 = IntVector.zero(SPECIES);
    IntVector b1 = IntVector.zero(SPECIES);
    IntVector c0 = IntVector.zero(SPECIES);
    IntVector c1 = IntVector.zero(SPECIES);
    IntVector d0 = IntVector.zero(SPECIES);
    IntVector d1 = IntVector.zero(SPECIES);
    for (int k = 0; k < count; k++) {
      int[] column = columns[first + k];
      IntVector s0 = IntVector.fromArray(SPECIES, column, i);
      IntVector s1 = IntVector.fromArray(SPECIES, column, i + LANES);
      IntVector wa = IntVector.broadcast(SPECIES, weights[from + k]);
      a0 = a0.add(s0.and(wa).lanewise(BIT_COUNT));
      a1 = a1.add(s1.and(wa).lanewise(BIT_COUNT));
      IntVector wb = IntVector.broadcast(SPECIES, weights[from + count + k]);
      b0 = b0.add(s0.and(wb).lanewise(BIT_COUNT));
      b1 = b1.add(s1.and(wb).lanewise(BIT_COUNT));
      IntVector wc = IntVector.broadcast(SPECIES, weights[from + 2 * count + k]);
      c0 = c0.add(s0.and(wc).lanewise(BIT_COUNT));
      c1 = c1.add(s1.and(wc).lanewise(BIT_COUNT));
      IntVector wd = IntVector.broadcast(SPECIES, weights[from + 3 * count + k]);
      d0 = d0.add(s0.and(wd).lanewise(BIT_COUNT));
      d1 = d1.add(s1.and(wd).lanewise(BIT_COUNT));
    }
    IntVector s0 = IntVector.fromArray(SPECIES, spikes, i);
    IntVector s1 = IntVector.fromArray(SPECIES, spikes, i + LANES);
    a0.add(a0).sub(s0).intoArray(sums[0], i);
    a1.add(a1).sub(s1).intoArray(sums[0], i + LANES);
    b0.add(b0).sub(s0).intoArray(sums[1], i);
    b1.add(b1).sub(s1).intoArray(sums[1], i + LANES);
    c0.add(c0).sub(s0).intoArray(sums[2], i);
    c1.add(c1).sub(s1).intoArray(sums[2], i + LANES);
    d0.add(d0).sub(s0).intoArray(sums[3], i);
    d1.add(d1).sub(s1).intoArray(sums[3], i + LANES);
  }

  /** One vector of one channel, and of the last what there is of it. */
  private static void sumVector(
      int[] sums,
      int[] spikes,
      int i,
      VectorMask<Integer> there,
      int[][] columns,
      int first,
      int[] weights,
      int from,
      int count) {
    IntVector sum = IntVector.zero(SPECIES);
    for (int k = 0; k < count; k++) {
      IntVector column = IntVector.fromArray(SPECIES, columns[first + k], i, there);
      sum = sum.add(column.and(weights[from + k]).lanewise(BIT_COUNT));
    }
    sum.add(sum).sub(IntVector.fromArray(SPECIES, spikes, i, there)).intoArray(sums, i, there);
  }
}
