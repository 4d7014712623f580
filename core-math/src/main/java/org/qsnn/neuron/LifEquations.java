package org.qsnn.neuron;

/**
 * The equations of {@link LifKernel} for one timestep, over the elements {@code from … to − 1} of
 * arrays. Each element for itself, with the same exactly rounded operations in every
 * implementation: wide vectors, narrow ones and none at all give the same bits.
 */
interface LifEquations {
  /**
   * Leaks, fires and stores.
   *
   * @param u x, becomes u
   * @param v v of the previous timestep, becomes that of this one if it is carried; h in both
   *     places for a float membrane
   * @param former how the previous timestep's v is read; {@link MembraneScale#NONE} for the first
   * @param levels of the membrane quantizer, 0 for a float membrane
   * @param isCarried whether a timestep follows
   * @param s becomes 1 where u is above the threshold, else 0; NaN stays NaN, so that it cannot
   *     hide
   */
  void forward(
      float[] u,
      float[] v,
      MembraneScale former,
      int levels,
      boolean isCarried,
      float[] s,
      int from,
      int to);

  /**
   * From the gradient of the spikes to that of the current.
   *
   * @param g ds, becomes dx = du
   * @param constant added to every ds
   * @param dm dm of this timestep, read if it is carried; becomes that of the previous one
   * @param u of this timestep
   * @param v of this timestep, read if it is carried and levels are not 0
   */
  void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      int levels,
      boolean isCarried,
      int from,
      int to);

  /** The fastest implementation on this JVM: vectors where the Vector API's module is present. */
  static LifEquations best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? new VectorLifEquations() : new PlainLifEquations();
  }
}
