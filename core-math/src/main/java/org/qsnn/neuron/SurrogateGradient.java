package org.qsnn.neuron;

import org.qsnn.model.Surrogate;
import org.qsnn.tensor.VectorSupport;

/**
 * The surrogate gradients of n membrane potentials: the same bits in every implementation.
 *
 * <p>With h = 1 / width, rounded once, as are the other factors; fma is one rounding, all other
 * operations are rounded one by one:
 *
 * <pre>
 *   x = u − threshold
 *   triangle     max(0, fma(|x|, −h², h))
 *   rectangle    h where |x| &lt; width / 2, else 0
 *   arctangent   y = x · (π / width),  h / fma(y, y, 1)
 *   sigmoid      y = FloatTanh(x · (2 / width)),  h · fma(−y, y, 1)
 * </pre>
 */
interface SurrogateGradient {
  /**
   * Computes the slopes ds/du.
   *
   * @param u the elements 0 … n − 1
   * @param slopes overwritten from 0 on
   */
  void compute(float[] u, float[] slopes, int n);

  /** The fastest implementation on this JVM. */
  static SurrogateGradient best(Surrogate surrogate, float threshold) {
    return VectorSupport.isUsed()
        ? new VectorSurrogateGradient(surrogate, threshold)
        : new PlainSurrogateGradient(surrogate, threshold);
  }
}
