package org.qsnn.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of all kernels: of 512 bits where the processor has them, else of 256. One width
 * only, because the compiler judges a vector that a loop carries by the classes that it has met:
 * where it has met two widths, it makes an object of each (decision 0014).
 */
public final class KernelVectors {
  public static final VectorSpecies<Float> FLOATS;
  public static final VectorSpecies<Integer> INTS;

  /** Numbers in a vector: 16 or 8. */
  public static final int LANES;

  static {
    boolean isWide = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512;
    FLOATS = isWide ? FloatVector.SPECIES_512 : FloatVector.SPECIES_256;
    INTS = isWide ? IntVector.SPECIES_512 : IntVector.SPECIES_256;
    LANES = FLOATS.length();
  }

  private KernelVectors() {}
}
