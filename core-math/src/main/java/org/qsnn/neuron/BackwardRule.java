package org.qsnn.neuron;

/** How {@link BackwardChunk} goes from u of a timestep to the next, and a gradient back. */
interface BackwardRule {
  /**
   * One timestep forward, with the bits of the forward pass.
   *
   * @param u of the timestep; becomes what {@link #backward} is to read as u
   * @param v overwritten where the next timestep reads it
   * @return how the next timestep reads v; meaningless if the timestep is not carried
   */
  MembraneScale forward(int timestep, float[] u, float[] v, int n);

  /**
   * From the gradient of the spikes to that of the current.
   *
   * @param g ds, becomes dx = du
   * @param constant added to every ds
   * @param dm dm of this timestep, read if it is carried; becomes that of the previous one
   * @param slopes surrogate gradients at u
   */
  void backward(
      int timestep,
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      float[] slopes,
      int n);
}
