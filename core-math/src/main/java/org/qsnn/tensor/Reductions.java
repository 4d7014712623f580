package org.qsnn.tensor;

/**
 * Sums over part of an array in one order on every machine: element i of the part belongs to lane
 * {@code i % LANES}, lanes sum in float, and their totals are added in lane order in double. So a
 * machine with vectors and one without give the same bits.
 */
public interface Reductions {
  /** Partial sums that are kept side by side. */
  int LANES = 8;

  /** Σ x. */
  double sum(float[] x, int from, int length);

  /** Σ (x − mean)². */
  double squares(float[] x, int from, int length, float mean);

  /** Σ g · (x − mean). */
  double product(float[] g, float[] x, int from, int length, float mean);

  /** The largest |x|; 0 of nothing. */
  float largestMagnitude(float[] x, int from, int length);

  /** The fastest implementation on this JVM: vectors where the Vector API's module is present. */
  static Reductions best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? new VectorReductions() : new PlainReductions();
  }
}
