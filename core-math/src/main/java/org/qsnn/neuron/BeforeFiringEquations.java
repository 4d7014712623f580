package org.qsnn.neuron;

import org.qsnn.tensor.VectorSupport;

/**
 * What {@link BeforeFiring} computes other than {@link LifEquations}, over n elements of arrays:
 * the same bits in every implementation.
 */
interface BeforeFiringEquations {
  /**
   * q = rint(clamp(u/α, −1, 1) · n) · α/n, and what is left of it after the reset: m = q where
   * there is no spike, else 0 or q − threshold.
   *
   * @param u the elements {@code from … from + n − 1}; may be m
   * @param q overwritten from 0 on; may be u if {@code from} is 0, and m another array
   * @param m overwritten from {@code from} on
   */
  void quantize(float[] u, int from, MembraneScale scale, float[] q, float[] m, int n);

  /**
   * From the gradient of the spikes to that of the current.
   *
   * @param g ds, becomes dx = du
   * @param constant added to every ds
   * @param dm dm of this timestep, read if it is carried; becomes that of the previous one
   * @param slopes surrogate gradients at q
   */
  void backward(
      float[] g, float constant, float[] dm, float[] q, float[] slopes, boolean isCarried, int n);

  /** The fastest implementation on this JVM. */
  static BeforeFiringEquations best(LifConstants neuron) {
    return VectorSupport.isUsed()
        ? new VectorBeforeFiringEquations(neuron)
        : new PlainBeforeFiringEquations(neuron);
  }
}
