package org.qsnn.tensor;

/**
 * Sums over part of an array in one order on every machine: element i of the part belongs to lane
 * {@code i % LANES}, lanes sum in float and are folded to {@link #FOLDED}, whose totals are added
 * in order in double. So a machine with vectors and one without give the same bits.
 */
public interface Reductions {
  /** Partial sums that are kept side by side. */
  int LANES = 32;

  /** Lane i is added to those {@code FOLDED} apart: (i + second) + (third + fourth). */
  int FOLDED = LANES / 4;

  /** Σ x. */
  double sum(float[] x, int from, int length);

  /** Adds Σ (x − shift) to {@code sums[at]} and Σ (x − shift)² to {@code sums[at + 1]}. */
  void moments(float[] x, int from, int length, float shift, double[] sums, int at);

  /** Σ g · (x − mean). */
  double product(float[] g, float[] x, int from, int length, float mean);

  /** The largest |x|; 0 of nothing, NaN if there is one. */
  float largestMagnitude(float[] x, int from, int length);

  /** The fastest implementation on this JVM. */
  static Reductions best() {
    return VectorSupport.isUsed() ? new VectorReductions() : new PlainReductions();
  }
}
