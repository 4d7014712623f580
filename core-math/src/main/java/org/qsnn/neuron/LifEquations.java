package org.qsnn.neuron;

import org.qsnn.tensor.VectorSupport;

/**
 * The equations of {@link LifKernel} for one timestep, over n elements of arrays. Each element for
 * itself, with the same exactly rounded operations in every implementation: wide vectors, narrow
 * ones and none at all give the same bits.
 */
interface LifEquations {
  /**
   * u = scale · s + u, for the spikes of an identity shortcut.
   *
   * @param bits bit i of word {@code word + w} is the spike of element 32·w + i
   */
  void addSpikes(int[] bits, int word, float scale, float[] u, int from, int n);

  /**
   * u = decay · m + x, one fused multiply-add.
   *
   * @param v of the timestep before
   * @param former how v is read; not zero
   * @param u x, becomes u
   */
  void leak(float[] v, int vFrom, MembraneScale former, float[] u, int from, int n);

  /**
   * Sets the bits of the elements that fire and clears all others.
   *
   * @param bits bit i of word {@code word + w} is element 32·w + i; whole words are overwritten
   * @return whether every u is finite: what is not must not hide behind silence
   */
  boolean fire(float[] u, int from, int n, int[] bits, int word);

  /**
   * As {@link #fire(float[], int, int, int[], int)}, of a block.
   *
   * @param words bit j of word w is element j · lanes + w from the first on; overwritten
   */
  boolean fire(float[] u, int from, int[] words);

  /**
   * v = tanh(h) with h = u where there is no spike, else 0 or u − threshold; h itself for a float
   * membrane.
   *
   * @param levels of the membrane quantizer, 0 for a float membrane
   * @param v overwritten
   * @return the largest |v|, NaN if there is one; 0 for a float membrane
   */
  float store(float[] u, int from, int levels, float[] v, int vFrom, int n);

  /**
   * From the gradient of the spikes to that of the current.
   *
   * @param g ds, becomes dx = du
   * @param constant added to every ds
   * @param dm dm of this timestep, read if it is carried; becomes that of the previous one
   * @param u of this timestep
   * @param v of this timestep, read if it is carried and levels are not 0
   * @param slopes surrogate gradients at u
   */
  void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      float[] slopes,
      int levels,
      boolean isCarried,
      int n);

  /** The fastest implementation on this JVM. */
  static LifEquations best(LifConstants neuron) {
    return VectorSupport.isUsed() ? new VectorLifEquations(neuron) : new PlainLifEquations(neuron);
  }
}
