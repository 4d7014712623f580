package org.qsnn.deploy;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link NeuronRunner} that turn sums into potentials, with Java's vectors: the
 * compiler makes none of loops in which ints become floats and floats their bits.
 */
final class VectorCurrents {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

  private VectorCurrents() {}

  /** potentials = factor · sums + offset, rounded once. */
  static void first(float factor, float offset, int[] sums, int at, int[] potentials, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      floats(IntVector.fromArray(SPECIES, sums, at + i))
          .fma(factor, offset)
          .reinterpretAsInts()
          .intoArray(potentials, i);
    }
    for (int i = whole; i < count; i += SPECIES.length()) {
      VectorMask<Integer> there = SPECIES.indexInRange(i, count);
      floats(IntVector.fromArray(SPECIES, sums, at + i, there))
          .fma(factor, offset)
          .reinterpretAsInts()
          .intoArray(potentials, i, there);
    }
  }

  /** potentials = factor · sums + potentials, rounded once. */
  static void second(float factor, int[] sums, int at, int[] potentials, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      FloatVector u = IntVector.fromArray(SPECIES, potentials, i).reinterpretAsFloats();
      floats(IntVector.fromArray(SPECIES, sums, at + i))
          .fma(u.broadcast(factor), u)
          .reinterpretAsInts()
          .intoArray(potentials, i);
    }
    for (int i = whole; i < count; i += SPECIES.length()) {
      VectorMask<Integer> there = SPECIES.indexInRange(i, count);
      FloatVector u = IntVector.fromArray(SPECIES, potentials, i, there).reinterpretAsFloats();
      floats(IntVector.fromArray(SPECIES, sums, at + i, there))
          .fma(u.broadcast(factor), u)
          .reinterpretAsInts()
          .intoArray(potentials, i, there);
    }
  }

  private static FloatVector floats(IntVector sums) {
    return (FloatVector) sums.convert(VectorOperators.I2F, 0);
  }
}
